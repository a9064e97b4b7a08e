package io.modeldepot.backup.storage;

import java.net.URI;
import java.util.Optional;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;

/** A server that speaks S3: signatures, ranges and listings are those of the protocol. */
public final class S3Server implements AutoCloseable {
  /** The one bucket there is. */
  public static final String BUCKET = "backups";

  /** Of the access key. */
  public static final String ID = "depot";

  /** Of the access key. */
  public static final String SECRET = "not-a-secret-of-anybody";

  private final BlobStoreContext blobs;
  private final S3Proxy server;

  /** Started, with an empty bucket. */
  public S3Server() throws Exception {
    blobs =
        ContextBuilder.newBuilder("transient")
            .credentials("identity", "credential")
            .buildView(BlobStoreContext.class);
    boolean unused = blobs.getBlobStore().createContainerInLocation(null, BUCKET);
    server =
        S3Proxy.builder()
            .blobStore(blobs.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ID, SECRET)
            .build();
    server.start();
    while (!server.getState().equals("STARTED")) {
      Thread.sleep(10);
    }
  }

  /** Where it is. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** The bucket, below a name. */
  public Storage storage(String prefix) {
    return storage(endpoint(), prefix, SECRET);
  }

  static Storage storage(URI endpoint, String prefix, String secret) {
    return new S3Storage(
        new S3Storage.Bucket(Optional.of(endpoint), "us-east-1", BUCKET, prefix),
        Optional.of(new S3Storage.Credentials(ID, secret)));
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      blobs.close();
    }
  }
}
