package io.modeldepot.cli.command.volume;

import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.provenance.oms.Keys;
import io.modeldepot.provenance.oms.MalformedBundle;
import io.modeldepot.provenance.oms.ModelVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.List;

/** Files with public keys that somebody named. */
public final class PublicKeys {
  private PublicKeys() {}

  /**
   * Who trusts them.
   *
   * @param files in PEM
   * @throws Failure that names the file that cannot be read or has no key
   */
  public static ModelVerifier verifier(List<Path> files) {
    List<ECPublicKey> keys = new ArrayList<>();
    for (Path file : files) {
      try {
        keys.add(Keys.publicKey(text(file)));
      } catch (MalformedBundle e) {
        throw Failure.usage(file + " is no public key").because(e.problem());
      }
    }
    return new ModelVerifier(keys);
  }

  /**
   * The text of a file with a key; no message repeats anything of it.
   *
   * @throws Failure that names the file if it cannot be read
   */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw Failure.usage(file + " cannot be read")
          .tryThis(Try.words("name a file that is there and that you may read"));
    }
  }
}
