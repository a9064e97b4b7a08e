package io.modeldepot.cli.command.maintenance;

import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.seal.OperatorKey;
import io.modeldepot.backup.storage.DirectoryStorage;
import io.modeldepot.backup.storage.S3Storage;
import io.modeldepot.backup.storage.Storage;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a repository of backups is that this process reads itself, with nothing running. */
public final class RepositoryPlace {
  private static final Pattern BUCKET =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/+(.*?))?/*");

  @Option(
      names = "--at",
      paramLabel = "DIR|s3://BUCKET[/PREFIX]",
      description = "read the repository there, here, with nothing running")
  @Nullable String at;

  @Option(names = "--key-file", paramLabel = "FILE", description = "with --at: the key's file")
  @Nullable String keyFile;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "with --at s3://: where the store is, if it is not Amazon's")
  @Nullable String endpoint;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "with --at s3://: the store's region; us-east-1")
  @Nullable String region;

  @Option(
      names = "--credentials-file",
      paramLabel = "FILE",
      description = {
        "with --at s3://: the access key's id and, on the next line, its secret;",
        "without it those of the environment or of a profile are used"
      })
  @Nullable String credentialsFile;

  /** Whether one was named. */
  boolean isNamed() {
    return at != null;
  }

  /**
   * Opens it.
   *
   * @throws Failure if what was named can be no place, or options do not go together
   * @throws IOException if there is no repository, or it does not open
   */
  Repository open(Session session) throws IOException {
    Optional<OperatorKey> key =
        keyFile == null ? Optional.empty() : Optional.of(OperatorKey.read(session.path(keyFile)));
    return Repository.open(storage(session), key);
  }

  private Storage storage(Session session) throws IOException {
    String place = Objects.requireNonNull(at);
    if (!place.startsWith("s3:")) {
      if (endpoint != null || region != null || credentialsFile != null) {
        throw Failure.usage("--endpoint, --region and --credentials-file are about a bucket")
            .tryThis(Try.words("name the bucket with --at s3://BUCKET/PREFIX"));
      }
      return new DirectoryStorage(session.path(place));
    }
    Matcher bucket = BUCKET.matcher(place);
    if (!bucket.matches()) {
      throw Failure.usage("\"" + place + "\" names no bucket")
          .tryThis(Try.words("name it as s3://BUCKET or s3://BUCKET/PREFIX"));
    }
    return new S3Storage(
        new S3Storage.Bucket(
            endpoint == null ? Optional.empty() : Optional.of(url(endpoint)),
            region == null ? "us-east-1" : region,
            bucket.group(1),
            Optional.ofNullable(bucket.group(2)).orElse("")),
        credentialsFile == null
            ? Optional.empty()
            : Optional.of(S3Storage.Credentials.read(session.path(credentialsFile))));
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text);
      if (url.getHost() != null && url.getScheme().matches("https?")) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw Failure.usage("\"" + text + "\" is no address of a store")
        .tryThis(Try.words("write it as https://HOST or http://HOST:PORT"));
  }

  /** The options that name it, for a command to try. */
  @Override
  public String toString() {
    StringBuilder words = new StringBuilder("--at " + at);
    if (endpoint != null) {
      words.append(" --endpoint ").append(endpoint);
    }
    if (region != null) {
      words.append(" --region ").append(region);
    }
    if (credentialsFile != null) {
      words.append(" --credentials-file ").append(credentialsFile);
    }
    if (keyFile != null) {
      words.append(" --key-file ").append(keyFile);
    }
    return words.toString();
  }
}
