package io.modeldepot.hub.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What scanners said of a file. The Hub's JavaScript client expects both scans to be there whenever
 * the status is; {@code null} stands for not scanned.
 *
 * @param status {@code unscanned}, {@code safe}, {@code suspicious}, {@code unsafe}, …
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SecurityFileStatus(
    String status,
    @Nullable Map<String, Object> avScan,
    @Nullable Map<String, Object> pickleImportScan) {

  public SecurityFileStatus {
    Fields.required(status, "securityFileStatus.status");
  }

  /** Nothing looked at it. */
  public static final SecurityFileStatus UNSCANNED =
      new SecurityFileStatus("unscanned", null, null);
}
