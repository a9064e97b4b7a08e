package io.modeldepot.cli.command.doctor;

import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.settings.Found;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What this environment would give a downloader for the hub: token and endpoints. A value is never
 * shown. Endpoints are connected to only when the person asked for this area, because a depot
 * without internet is a sound depot.
 */
final class HubChecks implements Checks {
  private static final String AREA = "hub";
  private static final int CONNECT_MILLIS = 3000;

  private final Session session;
  private final Reach reach;

  /** Whether endpoints are connected to. */
  enum Reach {
    LOOK,
    CONNECT
  }

  HubChecks(Session session, Reach reach) {
    this.session = session;
    this.reach = reach;
  }

  @Override
  public List<Verdict> look() {
    List<Verdict> verdicts = new ArrayList<>();
    verdicts.add(token(session.environment()));
    Found endpoints = endpoints();
    for (String endpoint : endpoints.value().split(",")) {
      endpoint(endpoint.strip(), endpoints.origin(), verdicts);
    }
    return verdicts;
  }

  private Found endpoints() {
    String here = session.environment().getOrDefault("HF_ENDPOINT", "");
    return here.isBlank()
        ? session.settings().hub().orElse(new Found("https://huggingface.co", "default"))
        : new Found(here, "environment HF_ENDPOINT");
  }

  private Verdict token(Map<String, String> environment) {
    String file = environment.getOrDefault("HF_TOKEN_PATH", "");
    if (!file.isBlank()) {
      return tokenFile(session.path(file));
    }
    String token = environment.getOrDefault("HF_TOKEN", "");
    if (token.isBlank()) {
      return Verdict.warn(
          AREA,
          "neither HF_TOKEN nor HF_TOKEN_PATH is set here: gated models will be refused",
          "no-hub-token",
          "Put a token into a file, name it in HF_TOKEN_PATH of the downloader, restart it");
    }
    return token.equals(token.strip())
        ? Verdict.good(AREA, "HF_TOKEN is set")
        : Verdict.warn(
            AREA, "HF_TOKEN has white space around it", "unauthorized", "Set it again without");
  }

  private static Verdict tokenFile(Path file) {
    try {
      if (Files.readString(file).isBlank()) {
        return Verdict.warn(
            AREA, "the file HF_TOKEN_PATH is empty", "no-hub-token", "Put the token into it");
      }
      Set<PosixFilePermission> modes =
          Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
      if (modes.contains(PosixFilePermission.OTHERS_READ)) {
        return Verdict.warn(
            AREA,
            "everybody can read the file HF_TOKEN_PATH",
            "no-hub-token",
            "Make it private: chmod 0600");
      }
      return Verdict.good(AREA, "HF_TOKEN_PATH names a file with a token");
    } catch (IOException | UnsupportedOperationException e) {
      return Verdict.warn(
          AREA,
          "the file HF_TOKEN_PATH cannot be read here",
          "no-hub-token",
          "Check its name and owner");
    }
  }

  private void endpoint(String text, String origin, List<Verdict> verdicts) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      uri = URI.create("");
    }
    String host = uri.getHost();
    if (host == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
      verdicts.add(
          Verdict.bad(
              AREA,
              "no address of a hub: " + Redaction.text(text) + from(origin),
              "hub-unreachable",
              "It looks like https://huggingface.co"));
      return;
    }
    if (reach == Reach.CONNECT) {
      int port = uri.getPort() > 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
        verdicts.add(Verdict.good(AREA, host + " answers" + from(origin)));
      } catch (IOException e) {
        verdicts.add(
            Verdict.bad(
                AREA,
                host + " cannot be reached from here" + from(origin),
                "hub-unreachable",
                "Check network, proxy and HF_ENDPOINT"));
      }
    }
  }

  private static String from(String origin) {
    return " (the address comes from: " + origin + ")";
  }
}
