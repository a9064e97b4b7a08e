package io.modeldepot.downloader.hub;

import io.modeldepot.hub.address.HubUrls;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The base address of a hub, for example {@code https://huggingface.co} or {@code
 * http://mirror.example:8085/hf}.
 *
 * @param base absolute, http or https (in lower case), without user, query, fragment and trailing
 *     slash
 */
public record Endpoint(URI base) {

  /**
   * @throws IllegalArgumentException if the address has another form; the message does not repeat
   *     it, as it may hold a password
   */
  public Endpoint {
    String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("A hub endpoint starts with http:// or https://");
    }
    if (base.getHost() == null) {
      throw new IllegalArgumentException("A hub endpoint names a host");
    }
    if (base.getRawUserInfo() != null
        || base.getRawQuery() != null
        || base.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "A hub endpoint has no user, query or fragment; a token goes into HF_TOKEN");
    }
    // People write HTTPS:// too; every comparison of addresses after this is of lower case.
    String text = scheme + base.toString().substring(scheme.length());
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    base = URI.create(text);
  }

  /**
   * @throws IllegalArgumentException if the address has another form
   */
  public static Endpoint of(String address) {
    try {
      return new Endpoint(new URI(address.strip()));
    } catch (java.net.URISyntaxException e) {
      throw new IllegalArgumentException("A hub endpoint is a web address", null);
    }
  }

  /**
   * Endpoints in order of preference, from a comma-separated list as in {@code HF_ENDPOINT}.
   *
   * @throws IllegalArgumentException if one has another form, or there is none
   */
  public static List<Endpoint> listOf(String addresses) {
    List<Endpoint> endpoints =
        Arrays.stream(addresses.split(",", -1))
            .map(String::strip)
            .filter(address -> !address.isEmpty())
            .map(Endpoint::of)
            .distinct()
            .toList();
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("At least one hub endpoint is needed");
    }
    return endpoints;
  }

  /** Its addresses. */
  HubUrls urls() {
    return new HubUrls(base);
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
