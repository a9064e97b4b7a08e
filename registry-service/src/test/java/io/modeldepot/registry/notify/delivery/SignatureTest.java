package io.modeldepot.registry.notify.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.registry.notify.Notification;
import io.modeldepot.registry.notify.receiver.Keys;
import io.modeldepot.registry.notify.receiver.NewsKind;
import io.modeldepot.registry.notify.receiver.Template;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is sent and how it is signed, when it is sent again, and what a name may stand for. */
class SignatureTest {

  /** The example of the specification. */
  @Test
  void theSignatureIsThatOfTheStandardWebhooks() {
    Instant at = Instant.ofEpochSecond(1614265330);
    byte[] body = "{\"test\": 2432232314}".getBytes(UTF_8);
    String key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    assertThat(Signature.of("msg_p5jXN8AQM9LWM0D4loKWxJek", at, body, Keys.read(key)))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    assertThat(
            Signature.of("msg_p5jXN8AQM9LWM0D4loKWxJek", at, body, Keys.read("x".repeat(24), key)))
        .matches("v1,\\S+ v1,g0hM9SsE\\S+");
  }

  @Test
  void pausesGrowToTheLongestAndAreNotTheSameForAll() {
    Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofHours(2));
    Duration all = Duration.ZERO;
    int attempts = 0;
    for (Duration pause; all.compareTo(Duration.ofHours(24)) < 0; all = all.plus(pause)) {
      pause = backoff.after("n-1", ++attempts);
      long most = Math.min(5 * Math.round(Math.pow(3, attempts - 1)), 7200);
      assertThat(pause.toMillis()).isBetween(most * 500, most * 1000);
    }
    Set<Duration> different = new HashSet<>();
    for (int id = 0; id < 100; id++) {
      different.add(backoff.after("n-" + id, 3));
    }

    assertThat(attempts).isBetween(15, 35);
    assertThat(different).hasSizeGreaterThan(80);
    assertThat(backoff.after("n-1", 3)).isEqualTo(backoff.after("n-1", 3));
    assertThat(backoff.after("n-1", 100_000)).isLessThanOrEqualTo(Duration.ofHours(2));
  }

  @Test
  void whatChatsReadAsMarkupIsText() {
    Notification news =
        new Notification(
            "n-1",
            "chat",
            NewsKind.DOWNLOAD_FAILED,
            "model/phi-2",
            "The download of <!channel> failed & more",
            Map.of(
                "problem",
                Map.of("remedies", List.of(Map.of("say", "Look"), Map.of("cli", "explain gated")))),
            Instant.parse("2026-11-27T08:00:00Z"),
            1,
            Instant.parse("2026-11-28T08:00:00Z"));

    assertThat(new String(Letter.of(news, Template.SLACK).body(), UTF_8))
        .isEqualTo(
            "{\"text\":\"[error] download.failed: The download of &lt;!channel&gt; failed &amp; more"
                + "\\nTry: manage-ai-models.sh explain gated\"}");
    assertThat(new String(Letter.of(news, Template.PLAIN).body(), UTF_8))
        .startsWith("[error] download.failed: The download of <!channel> failed & more\n");
  }

  /**
   * The look-up is ours, so a name that stands for something else at the second look gains nothing.
   */
  @Test
  void aNameThatStandsForThisNetworkIsNotConnectedTo() throws Exception {
    InetAddress outside = InetAddress.getByName("93.184.216.34");
    InetAddress inside = InetAddress.getByName("169.254.169.254");

    assertThat(names(outside, inside).lookup("a.example.org")).containsExactly(outside);
    assertThatThrownBy(() -> names(inside).lookup("a.example.org"))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("DEPOT_NOTIFY_HOSTS");
  }

  private static CheckedNames names(InetAddress... found) {
    return new CheckedNames(
        Keys.address("https://a.example.org/"),
        Keys.rules("*.example.org"),
        host -> List.of(found));
  }
}
