package io.modeldepot.registry.notify.receiver;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The hosts to which notifications may go, as the operator of the registry lists them: {@code
 * hooks.example.org}, {@code alerts.lan:8443} (that port alone) or {@code *.example.org} (every
 * host below). Whoever may set a receiver may not thereby have this machine ask others.
 */
public final class AllowedHosts {
  private static final Pattern HOST =
      Pattern.compile("(?:\\*\\.)?[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\\[[0-9a-f:]{2,39}]");

  private final List<Entry> entries;

  /** One of them; port 0 is every port. */
  private record Entry(String host, int port) {
    boolean isPattern() {
      return host.startsWith("*.");
    }

    boolean covers(WebAddress address) {
      String asked = address.url().host();
      boolean same =
          isPattern()
              ? asked.endsWith(host.substring(1)) && !asked.matches("[0-9.]+|.*:.*")
              : asked.equals(host);
      return same && (port == 0 || port == address.url().port());
    }
  }

  private AllowedHosts(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Reads the list.
   *
   * @throws IllegalArgumentException if an entry is none, naming it
   */
  public static AllowedHosts of(List<String> listed) {
    return new AllowedHosts(
        listed.stream()
            .map(text -> text.strip().toLowerCase(Locale.ROOT))
            .filter(text -> !text.isEmpty())
            .map(AllowedHosts::entry)
            .toList());
  }

  private static Entry entry(String text) {
    int colon = text.lastIndexOf(':');
    boolean port = colon > text.lastIndexOf(']') && text.substring(colon + 1).matches("\\d{1,5}");
    String host = port ? text.substring(0, colon) : text;
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "DEPOT_NOTIFY_HOSTS: \""
              + text
              + "\" is no host; write hooks.example.org, alerts.lan:8443 or *.example.org, with"
              + " commas between them.");
    }
    return new Entry(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        port ? Integer.parseInt(text.substring(colon + 1)) : 0);
  }

  /** Whether something may be sent there. */
  public boolean allow(WebAddress address) {
    return entries.stream().anyMatch(entry -> entry.covers(address));
  }

  /**
   * Whether the host may be where this machine's own network is. A host that is listed by its name
   * may; one that a pattern covers must be a public one, whatever its name is made to stand for.
   */
  public boolean allow(WebAddress address, InetAddress at) {
    if (!address.url().isHttps()) {
      return at.isLoopbackAddress() && allow(address);
    }
    return entries.stream()
        .filter(entry -> entry.covers(address))
        .anyMatch(entry -> !entry.isPattern() || PublicAddress.is(at));
  }
}
