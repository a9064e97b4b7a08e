package io.modeldepot.registry.catalog;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** The table {@code model_shown}: the rows of {@link ModelRow}, as of the last commit. */
@Entity
@Immutable
@Table(name = "model_shown")
public class ShownModel extends ModelColumns {}
