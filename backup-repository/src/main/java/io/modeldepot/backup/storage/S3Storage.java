package io.modeldepot.backup.storage;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects in a bucket of an S3-compatible store, which must list what was put (S3 does since 2020).
 * An object is one PUT, so it is there whole or not at all; nothing is left of one that failed. The
 * client tries again by itself what fails in passing.
 */
public final class S3Storage implements Storage {
  private static final int NOT_FOUND = 404;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int INSUFFICIENT_STORAGE = 507;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final S3Client client;
  private final String bucket;
  private final String prefix;
  private final String place;

  /**
   * Where a bucket is.
   *
   * @param endpoint of a store that is not Amazon's
   * @param region its region, {@code us-east-1} where the store has none
   * @param bucket its name
   * @param prefix below which the repository lies; may be empty
   */
  public record Bucket(Optional<URI> endpoint, String region, String bucket, String prefix) {}

  /** What opens a bucket; never shown. */
  public static final class Credentials {
    private final String id;
    private final String secret;

    /** The two halves. */
    public Credentials(String id, String secret) {
      this.id = id;
      this.secret = secret;
    }

    /**
     * Those of a file: the access key's id and, on the next line, its secret.
     *
     * @throws StorageFailed if it cannot be read, or has not both; never with what is in it
     */
    public static Credentials read(Path file) throws IOException {
      List<String> lines;
      try {
        lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new StorageFailed(
            "The credentials file " + file + " cannot be read: " + e.getClass().getSimpleName());
      }
      if (lines.size() < 2 || lines.get(0).isBlank() || lines.get(1).isBlank()) {
        throw new StorageFailed(
            "The credentials file " + file + " must have the key's id and, below it, its secret.");
      }
      return new Credentials(lines.get(0).strip(), lines.get(1).strip());
    }

    @Override
    public String toString() {
      return "Credentials";
    }
  }

  /**
   * Opens a bucket; nothing is asked of it yet.
   *
   * @param credentials without them those of the environment, a profile or the machine are used
   */
  public S3Storage(Bucket where, Optional<Credentials> credentials) {
    this.bucket = where.bucket();
    this.prefix = where.prefix().isEmpty() ? "" : where.prefix().replaceAll("/+$", "") + "/";
    this.place = "s3://" + bucket + "/" + prefix;
    AwsCredentialsProvider provider =
        credentials
            .<AwsCredentialsProvider>map(
                c -> StaticCredentialsProvider.create(AwsBasicCredentials.create(c.id, c.secret)))
            .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(where.region()))
            .credentialsProvider(provider)
            .forcePathStyle(true)
            // What other stores do not know; packs carry their own digests.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(PATIENCE));
    where.endpoint().ifPresent(builder::endpointOverride);
    this.client = builder.build();
  }

  @Override
  public void put(String name, ByteBuffer content) throws IOException {
    String key = key(name);
    asked(
        "Writing " + name,
        name,
        () ->
            client.putObject(
                b -> b.bucket(bucket).key(key), RequestBody.fromByteBuffer(content.duplicate())));
  }

  @Override
  public byte[] get(String name) throws IOException {
    String key = key(name);
    return asked(
        "Reading " + name,
        name,
        () -> client.getObjectAsBytes(b -> b.bucket(bucket).key(key)).asByteArray());
  }

  @Override
  public byte[] get(String name, long offset, int length) throws IOException {
    if (length == 0) {
      return new byte[0];
    }
    String key = key(name);
    String range = "bytes=" + offset + "-" + (offset + length - 1);
    try {
      return asked(
          "Reading " + name,
          name,
          () -> client.getObjectAsBytes(b -> b.bucket(bucket).key(key).range(range)).asByteArray());
    } catch (StorageFailed e) {
      if (e.getCause() instanceof S3Exception s3 && s3.statusCode() == RANGE_NOT_SATISFIABLE) {
        return new byte[0];
      }
      throw e;
    }
  }

  @Override
  public List<Stored> list(String folder) throws IOException {
    String below = key(folder) + "/";
    return asked(
        "Listing " + folder,
        folder,
        () -> {
          List<Stored> found = new ArrayList<>();
          for (S3Object object :
              client.listObjectsV2Paginator(b -> b.bucket(bucket).prefix(below)).contents()) {
            found.add(new Stored(object.key().substring(prefix.length()), object.size()));
          }
          found.sort(Comparator.comparing(Stored::name));
          return found;
        });
  }

  @Override
  public void delete(String name) throws IOException {
    String key = key(name);
    try {
      asked("Removing " + name, name, () -> client.deleteObject(b -> b.bucket(bucket).key(key)));
    } catch (NoSuchObject e) {
      // Removed already.
    }
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public OptionalLong freeBytes() {
    return OptionalLong.empty();
  }

  @Override
  public long sweep(String folder) {
    return 0;
  }

  @Override
  public void close() {
    client.close();
  }

  /** Something asked of the store. */
  private interface Question<T> {
    T ask();
  }

  private <T> T asked(String what, String name, Question<T> question) throws IOException {
    try {
      return question.ask();
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND && !"NoSuchBucket".equals(errorCode(e))) {
        throw new NoSuchObject(place, name);
      }
      throw e.statusCode() == INSUFFICIENT_STORAGE
          ? new StorageFull(place, e)
          : new StorageFailed(place, what, e);
    } catch (SdkException e) {
      throw new StorageFailed(place, what, e);
    }
  }

  private static String errorCode(S3Exception e) {
    return e.awsErrorDetails() == null ? "" : String.valueOf(e.awsErrorDetails().errorCode());
  }

  private String key(String name) {
    return prefix + ObjectName.checked(name);
  }
}
