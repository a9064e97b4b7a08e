package io.modeldepot.backup.save;

import java.io.IOException;
import java.io.OutputStream;

/** Where the registry's data come from. */
@FunctionalInterface
public interface RegistryData {
  /**
   * Writes the dump of one moment.
   *
   * @return the audit chain's last entry in it
   * @throws IOException why there is none; the backup goes on without and says so
   */
  AuditHead writeTo(OutputStream into) throws IOException;

  /**
   * An entry of the audit chain.
   *
   * @param seq its number
   * @param hash its hash
   */
  record AuditHead(long seq, String hash) {}

  /** None, because. */
  static RegistryData none(String why) {
    return into -> {
      throw new IOException(why);
    };
  }
}
