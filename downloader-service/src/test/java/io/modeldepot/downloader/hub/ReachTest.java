package io.modeldepot.downloader.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.testkit.hub.Mood;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest extends AtTheHub {
  /** As if the hub's own address were one of the internet, and all others here of our network. */
  private static final Predicate<InetAddress> ALL_BUT_THE_HUB =
      address -> !address.getHostAddress().equals("127.0.0.1");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.7.7", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1"
      })
  void isOfThisNetwork(String address) throws Exception {
    assertThat(Reach.isInside(InetAddress.ofLiteral(address))).isTrue();
    assertThatThrownBy(() -> Reach.usual().requireOutside("[" + address + "]"))
        .isInstanceOf(Reach.LeadsInside.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "100.128.0.1", "172.32.0.1", "2606:4700::1", "192.169.0.1"})
  void isOutside(String address) throws Exception {
    assertThat(Reach.isInside(InetAddress.ofLiteral(address))).isFalse();
    Reach.usual().requireOutside(address);
  }

  @Test
  void aNameThatLeadsInsideIsFoundNowhere() {
    assertThatThrownBy(() -> Reach.usual().outsideOnly().lookup("localhost"))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("localhost");
  }

  @Test
  void aHubOutsideCannotMakeUsAskInside() {
    HubClient client = client(HubClient.open(settings(hub), new Reach(ALL_BUT_THE_HUB)));
    URI inside = URI.create("http://127.0.0.2:" + hub.url().getPort() + "/anything");
    hub.mood(new Mood.Redirect(inside)).onPath("/resolve/");

    HubFailure failure = failure(read(weightsBy(client)));

    assertThat(failure.toString()).contains("from outside");
    assertThat(hub.requests()).noneMatch(request -> request.path().equals("/anything"));
  }

  @Test
  void aHubInsideMay() {
    HubClient client = client(HubClient.open(settings(hub), new Reach(address -> true)));

    byte[] content = found(read(weightsBy(client)));

    assertThat(content).hasSize(100_000);
  }
}
