package io.modeldepot.registry.notify.receiver;

import io.modeldepot.registry.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator of this registry allows: to which hosts, with which keys. Looked at when a
 * receiver is set, and again whenever something is sent.
 */
@ApplicationScoped
public class ReceiverRules {
  private static final String NO_KEY =
      "A CloudEvent is signed: name the file with the key as secretFile, or set"
          + " DEPOT_NOTIFY_SECRET_FILE of the registry.";

  private final NotifySettings settings;
  private final AllowedHosts hosts;
  private final SecretFiles files;

  /** Whatever is wrong in the list of hosts ends the start. */
  ReceiverRules(NotifySettings settings) {
    this.settings = settings;
    this.hosts = AllowedHosts.of(settings.hosts().orElse(List.of()));
    this.files = new SecretFiles(settings.filesDir());
  }

  /** Why nothing can be sent to a receiver as things are, with what would help. */
  public static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String why) {
      super(why, null, false, false);
    }
  }

  /**
   * Refuses a receiver that could never be told anything. A file may come later: only what is there
   * is looked at.
   *
   * @throws ProblemException {@code invalid}, with a pointer
   */
  public void require(String key, Map<String, Object> value) {
    Receiver receiver = Receiver.of(key, value, 0, Instant.EPOCH);
    if (receiver.url().isPresent()
        && WebAddress.read(receiver.url().get()) instanceof WebAddress.Reading.Good good
        && !hosts.allow(good.address())) {
      throw ProblemException.invalid("/url", notAllowed(good.address()));
    }
    if (receiver.template() == Template.CLOUDEVENTS && secretFile(receiver).isEmpty()) {
      throw ProblemException.invalid("/secretFile", NO_KEY);
    }
  }

  /**
   * Where to it is sent now.
   *
   * @throws Unusable if its file cannot be read, or its host is not allowed any more
   */
  public WebAddress address(Receiver receiver) throws Unusable {
    String text =
        receiver.url().isPresent()
            ? receiver.url().get()
            : lines(receiver.urlFile().orElse("")).getFirst();
    return switch (WebAddress.read(text)) {
      case WebAddress.Reading.Good good when hosts.allow(good.address()) -> good.address();
      case WebAddress.Reading.Good good -> throw new Unusable(notAllowed(good.address()));
      case WebAddress.Reading.Bad bad ->
          throw new Unusable("The address in " + place(receiver) + " is not used: " + bad.why());
    };
  }

  /** The addresses of those that a host's name stands for to which may be connected. */
  public List<InetAddress> allowed(WebAddress address, List<InetAddress> found) {
    return found.stream().filter(at -> hosts.allow(address, at)).toList();
  }

  /**
   * The keys that sign, the newest first; empty where none is named and none is needed.
   *
   * @throws Unusable if the file cannot be read, or holds no key
   */
  public List<SigningKey> keys(Receiver receiver) throws Unusable {
    Optional<String> file = secretFile(receiver);
    if (file.isEmpty()) {
      if (receiver.template() == Template.CLOUDEVENTS) {
        throw new Unusable(NO_KEY);
      }
      return List.of();
    }
    List<SigningKey> keys = new ArrayList<>();
    for (String line : lines(file.get())) {
      try {
        keys.add(SigningKey.read(line));
      } catch (IllegalArgumentException e) {
        throw new Unusable(
            "The key in the file " + file.get() + " is none: " + e.getMessage() + ".");
      }
    }
    return keys;
  }

  private Optional<String> secretFile(Receiver receiver) {
    return receiver.secretFile().or(settings::secretFile);
  }

  private List<String> lines(String file) throws Unusable {
    try {
      return files.lines(file);
    } catch (SecretFiles.Unusable e) {
      throw new Unusable(String.valueOf(e.getMessage()));
    }
  }

  private static String place(Receiver receiver) {
    return receiver.urlFile().map(file -> "the file " + file).orElse("the setting");
  }

  private static String notAllowed(WebAddress address) {
    return "Nothing is sent to "
        + address.url().host()
        + ": the operator of the registry has to list it in DEPOT_NOTIFY_HOSTS.";
  }
}
