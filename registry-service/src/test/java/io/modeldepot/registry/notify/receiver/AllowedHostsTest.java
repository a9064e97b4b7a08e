package io.modeldepot.registry.notify.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where to something may be sent, and where to it may not. */
class AllowedHostsTest {
  private static final AllowedHosts HOSTS =
      AllowedHosts.of(
          List.of(
              "hooks.example.org",
              "alerts.lan:8443",
              "*.example.net",
              "10.1.2.3",
              "[fd00::7]",
              "127.0.0.1"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example.org/services/x",
        "https://HOOKS.example.org:444/x",
        "https://alerts.lan:8443/",
        "https://a.example.net/",
        "https://a.b.example.net/",
        "https://10.1.2.3/",
        "https://[fd00::7]/",
        "http://127.0.0.1:9/x",
      })
  void whatIsListedIsAllowed(String url) {
    assertThat(HOSTS.allow(address(url))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example.org.evil.test/",
        "https://evil-hooks.example.org/",
        "https://alerts.lan/",
        "https://example.net/",
        "https://notexample.net/",
        "https://10.1.2.4/",
        "https://[fd00::8]/",
        "http://localhost:9/",
        "https://evil.test/?x=hooks.example.org",
        "https://evil.test\\@hooks.example.org/",
      })
  void whatIsNotListedIsNot(String url) {
    assertThat(HOSTS.allow(address(url))).isFalse();
  }

  /** A name that a pattern covers can be made to stand for anything. */
  @ParameterizedTest
  @CsvSource({
    "93.184.216.34, true",
    "2606:2800:220:1::1, true",
    "127.0.0.1, false",
    "0.0.0.0, false",
    "10.0.0.1, false",
    "172.16.0.1, false",
    "192.168.1.1, false",
    "169.254.169.254, false",
    "100.64.0.1, false",
    "198.18.0.1, false",
    "192.0.2.1, false",
    "203.0.113.1, false",
    "240.0.0.1, false",
    "255.255.255.255, false",
    "224.0.0.1, false",
    "::1, false",
    "::, false",
    "fe80::1, false",
    "fd00::1, false",
    "::ffff:10.0.0.1, false",
    "64:ff9b::a00:1, false",
    "2002:a00:1::, false",
    "2001:db8::1, false",
    "ff02::1, false",
  })
  void aPatternIsGoodForPublicAddressesAlone(String address, boolean good)
      throws UnknownHostException {
    InetAddress at = InetAddress.getByName(address);

    assertThat(HOSTS.allow(address("https://a.example.net/"), at)).isEqualTo(good);
    assertThat(HOSTS.allow(address("https://hooks.example.org/"), at)).as("by its name").isTrue();
  }

  @Test
  void httpLeavesThisMachineUnderNoName() throws UnknownHostException {
    WebAddress here = address("http://127.0.0.1:9/");

    assertThat(HOSTS.allow(here, InetAddress.getByName("127.0.0.1"))).isTrue();
    assertThat(HOSTS.allow(here, InetAddress.getByName("10.1.2.3"))).isFalse();
  }

  @Test
  void withoutAListNothingIsAllowedAndAListThatCannotBeReadIsNamed() {
    assertThat(AllowedHosts.of(List.of()).allow(address("https://hooks.example.org/"))).isFalse();
    assertThat(AllowedHosts.of(List.of(" ", "")).allow(address("http://127.0.0.1/"))).isFalse();
    assertThatThrownBy(() -> AllowedHosts.of(List.of("https://hooks.example.org/x")))
        .hasMessageContaining("DEPOT_NOTIFY_HOSTS")
        .hasMessageContaining("https://hooks.example.org/x");
    assertThatThrownBy(() -> AllowedHosts.of(List.of("*")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "http://hooks.example.org/x, https",
    "ftp://hooks.example.org/x, no address",
    "hooks.example.org, no address",
    "https://user:word@hooks.example.org/, user",
    "https://hooks.example.org/#x, fragment",
    "http://127.0.0.1.evil.test/, https",
  })
  void whatIsNoAddressOfAReceiverSaysWhy(String url, String why) {
    assertThat(WebAddress.read(url))
        .isInstanceOfSatisfying(
            WebAddress.Reading.Bad.class, bad -> assertThat(bad.why()).contains(why));
  }

  @Test
  void nothingOfAnAddressIsShownButWhereItIs() {
    WebAddress secret =
        address("https://hooks.example.org:8443/services/T0/B0SECRETWORD?token=abc");

    assertThat(secret.shown()).isEqualTo("https://hooks.example.org:8443");
    assertThat(secret).hasToString(secret.shown());
    assertThat(secret.hiddenIn("no /services/T0/B0SECRETWORD here, B0SECRETWORD? token=abc"))
        .doesNotContain("B0SECRETWORD", "token=abc", "/services/T0");
  }

  private static WebAddress address(String url) {
    return switch (WebAddress.read(url)) {
      case WebAddress.Reading.Good good -> good.address();
      case WebAddress.Reading.Bad bad -> throw new AssertionError(url + ": " + bad.why());
    };
  }
}
