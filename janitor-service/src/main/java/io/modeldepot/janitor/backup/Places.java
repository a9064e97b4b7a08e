package io.modeldepot.janitor.backup;

import io.modeldepot.backup.storage.DirectoryStorage;
import io.modeldepot.backup.storage.S3Storage;
import io.modeldepot.backup.storage.Storage;
import io.modeldepot.backup.storage.StorageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the place that a target is configured to be. */
final class Places {
  private Places() {}

  static boolean isSet(BackupSettings.Target target) {
    return target.directory().isPresent() || target.bucket().isPresent();
  }

  static Storage open(BackupSettings.Target target) throws IOException {
    if (target.directory().isPresent()) {
      Path directory = target.directory().get();
      if (!Files.isDirectory(directory)) {
        throw new StorageFailed(
            "There is no directory " + directory + " for the backups; is it mounted?");
      }
      return new DirectoryStorage(directory);
    }
    S3Storage.Bucket bucket =
        new S3Storage.Bucket(
            target.endpoint(),
            target.region().orElse("us-east-1"),
            target.bucket().orElseThrow(),
            target.prefix().orElse(""));
    return new S3Storage(
        bucket,
        target.credentialsFile().isPresent()
            ? Optional.of(S3Storage.Credentials.read(target.credentialsFile().get()))
            : Optional.empty());
  }
}
