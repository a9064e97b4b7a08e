package io.modeldepot.events.command;

import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** What a download request asks for. */
@EnumNaming(KebabCase.class)
public enum DownloadAction {
  DOWNLOAD,
  CANCEL
}
