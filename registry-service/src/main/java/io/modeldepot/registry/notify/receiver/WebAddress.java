package io.modeldepot.registry.notify.receiver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Where to a notification goes. Read by the client that connects to it and by nothing else, so that
 * what was looked at is what is asked.
 */
public record WebAddress(HttpUrl url) {
  private static final int LONGEST = 2048;
  private static final int SHORTEST_SECRET = 8;

  /** An address, or why it is none that is used. */
  sealed interface Reading {
    /** It can be used, as far as it says itself. */
    record Good(WebAddress address) implements Reading {}

    /** It cannot. */
    record Bad(String why) implements Reading {}
  }

  /** Reads it: https, or http to this machine; no user, no fragment. */
  static Reading read(String text) {
    HttpUrl url = text.length() > LONGEST ? null : HttpUrl.parse(text);
    if (url == null) {
      return new Reading.Bad("It is no address as https://hooks.example.org/path.");
    }
    WebAddress address = new WebAddress(url);
    if (!url.isHttps() && !address.isThisMachine()) {
      return new Reading.Bad("It must be https; http is for this machine (127.0.0.1) alone.");
    }
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      return new Reading.Bad("It must have no user and no password.");
    }
    if (url.fragment() != null) {
      return new Reading.Bad("It must have no #fragment.");
    }
    return new Reading.Good(address);
  }

  /** Whether its host says that it is this machine. */
  public boolean isThisMachine() {
    String host = url.host();
    return host.equals("localhost") || host.equals("::1") || host.matches("127(?:\\.\\d{1,3}){3}");
  }

  /** Whether it says more than a host and a plain path: then it may hold a secret. */
  boolean hasQuery() {
    return url.query() != null;
  }

  /** Scheme, host and port: all of it that may be shown. */
  public String shown() {
    String host = url.host().indexOf(':') < 0 ? url.host() : "[" + url.host() + "]";
    boolean usual = url.port() == HttpUrl.defaultPort(url.scheme());
    return url.scheme() + "://" + host + (usual ? "" : ":" + url.port());
  }

  /** A text of somebody else, with an ellipsis in place of what of this address may be a secret. */
  public String hiddenIn(String text) {
    String clean = text;
    for (String part : secretParts()) {
      clean = clean.replace(part, "…");
    }
    return clean;
  }

  /** The path, each longer piece of it, and the query; the longest first. */
  private List<String> secretParts() {
    List<String> parts = new ArrayList<>(url.pathSegments());
    parts.removeIf(part -> part.length() < SHORTEST_SECRET);
    parts.add(url.encodedPath());
    Optional.ofNullable(url.encodedQuery()).ifPresent(parts::add);
    parts.removeIf(part -> part.length() < 2);
    parts.sort(Comparator.comparingInt(String::length).reversed());
    return parts;
  }

  /** Never the whole address: it may be a secret. */
  @Override
  public String toString() {
    return shown();
  }
}
