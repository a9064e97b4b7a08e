package io.modeldepot.kit.connection;

/**
 * Who speaks.
 *
 * @param service for example {@code downloader}
 * @param instance one of possibly several, for example {@code downloader-1}
 * @param version of the program
 */
public record ServiceIdentity(String service, String instance, String version) {

  /** Refuses empty names. */
  public ServiceIdentity {
    if (service.isBlank() || instance.isBlank() || version.isBlank()) {
      throw new IllegalArgumentException("A service needs a name, an instance and a version.");
    }
  }

  /** The key of what it says about itself. */
  public String key() {
    return service + "/" + instance;
  }
}
