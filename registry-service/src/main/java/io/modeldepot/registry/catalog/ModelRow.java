package io.modeldepot.registry.catalog;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** The view {@code model_list}, which shows a transaction its own changes. */
@Entity
@Immutable
@Table(name = "model_list")
public class ModelRow extends ModelColumns {}
