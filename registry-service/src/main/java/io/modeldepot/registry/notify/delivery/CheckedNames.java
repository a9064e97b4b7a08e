package io.modeldepot.registry.notify.delivery;

import io.modeldepot.registry.notify.receiver.ReceiverRules;
import io.modeldepot.registry.notify.receiver.WebAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/**
 * The addresses that a host's name stands for, without those to which nothing may be sent. The
 * client connects to one of these and looks no name up itself, so a name that is made to stand for
 * something else between two looks gains nothing.
 *
 * @param names how names are looked up
 */
record CheckedNames(WebAddress address, ReceiverRules rules, Dns names) implements Dns {

  /** The host is known and none of its addresses is allowed. */
  static final class NotAllowed extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    NotAllowed(String host) {
      super(
          host
              + " stands for an address of this network. A host that is there must be listed by its"
              + " name in DEPOT_NOTIFY_HOSTS.");
    }
  }

  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    List<InetAddress> allowed = rules.allowed(address, names.lookup(host));
    if (allowed.isEmpty()) {
      throw new NotAllowed(host);
    }
    return allowed;
  }
}
