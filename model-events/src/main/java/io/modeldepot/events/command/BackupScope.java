package io.modeldepot.events.command;

import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** How much a backup or a restore takes. */
@EnumNaming(KebabCase.class)
public enum BackupScope {
  ALL,
  FAMILY,
  MODEL
}
