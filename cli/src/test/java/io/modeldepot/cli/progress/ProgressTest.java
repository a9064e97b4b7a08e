package io.modeldepot.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.output.Form;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.Terminal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a person sees while a download runs. */
class ProgressTest {
  private static final Instant START = Instant.parse("2026-11-23T14:02:11Z");

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final InstantSource clock = now::get;

  @Test
  void a_bar_has_two_tones_percent_bytes_rate_and_time_left() {
    bars(120, true).show(List.of(job("mistral-7b", "transferring", 50, 25)));

    assertThat(shown())
        .isEqualTo(
            "mistral-7b ▐▒▒▒▒▒▒▒▓▓▓▓▓▓▓▓░░░░░░░░░░░░░░░▌ 50 %  transfer  7.3/14.5 GB  212 MB/s  0:32\n");
  }

  @Test
  void work_of_the_janitor_has_a_bar_on_a_terminal_and_goes_away() {
    WorkBar bar = new WorkBar(paper(100, true), clock, "cleanup");

    bar.show(work("running", 25));
    assertThat(err.toString(StandardCharsets.UTF_8))
        .endsWith("cleanup  ▐▓▓▓▓▓▓▓░░░░░░░░░░░░░░░░░░░░░▌  25 %  1.0/4.0 GB  running");
    bar.clear();

    assertThat(err.toString(StandardCharsets.UTF_8)).endsWith("\r\u001b[2K");
  }

  private static ObjectNode work(String state, int percent) {
    return Json.object()
        .put("state", state)
        .put("totalBytes", 4_000_000_000L)
        .put("doneBytes", 40_000_000L * percent);
  }

  @Test
  void files_in_flight_stand_below_their_total() {
    ObjectNode record = record("mistral-7b", "transferring", 50, 0);
    record
        .putArray("inFlight")
        .addObject()
        .put("path", "model-00001.safetensors")
        .put("sizeBytes", 100)
        .put("doneBytes", 61);

    bars(120, true).show(List.of(Job.of(record)));

    assertThat(shown().lines().skip(1))
        .containsExactly("  model-00001.safetensors                        61 %");
  }

  @Test
  void no_line_is_ever_wider_than_the_terminal_whatever_its_width() {
    ObjectNode record = record("a-model-with-a-rather-long-name-許可", "transferring", 99, 10);
    record
        .putArray("inFlight")
        .addObject()
        .put("path", "deep/".repeat(30))
        .put("sizeBytes", 100)
        .put("doneBytes", 61);

    for (int width = 20; width < 160; width++) {
      err.reset();
      bars(width, true).show(List.of(Job.of(record)));
      int limit = width;
      assertThat(shown().lines())
          .allSatisfy(
              line -> assertThat(io.modeldepot.cli.output.SafeText.cells(line)).isLessThan(limit));
    }
  }

  @Test
  void a_repaint_goes_up_exactly_over_what_was_painted() {
    Bars bars = bars(100, true);
    bars.show(List.of(job("a", "transferring", 1, 0), job("b", "waiting", 0, 0)));
    err.reset();

    bars.show(List.of(job("a", "transferring", 2, 0), job("b", "waiting", 0, 0)));

    assertThat(raw()).startsWith("\u001b[1A\u001b[2K\u001b[1A\u001b[2Ka ");
  }

  @Test
  void the_width_is_asked_again_at_most_once_a_second() {
    AtomicInteger asked = new AtomicInteger();
    Bars bars = new Bars(paper(100, true), clock, () -> 80 + 0 * asked.incrementAndGet());

    bars.show(List.of(job("a", "transferring", 1, 0)));
    bars.show(List.of(job("a", "transferring", 2, 0)));
    now.set(START.plusSeconds(1));
    bars.show(List.of(job("a", "transferring", 3, 0)));

    assertThat(asked).hasValue(2);
  }

  @Test
  void what_has_not_changed_is_not_painted_again() {
    Bars bars = bars(100, true);
    bars.show(List.of(job("a", "transferring", 1, 0)));
    err.reset();

    bars.show(List.of(job("a", "transferring", 1, 0)));

    assertThat(raw()).isEmpty();
  }

  @Test
  void many_jobs_never_take_more_lines_than_a_small_terminal_has() {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      jobs.add(job("m" + i, i < 5 ? "done" : "transferring", 50, 0));
    }

    bars(100, true).show(jobs);

    assertThat(shown().lines().toList()).hasSize(11).last().isEqualTo("  5 of 40 have ended");
  }

  @Test
  void a_bar_that_stands_still_says_so_in_words() {
    Bars bars = bars(100, true);
    bars.show(List.of(job("a", "transferring", 10, 0)));
    now.set(START.plusSeconds(40));
    err.reset();

    bars.show(List.of(job("a", "transferring", 10, 0)));

    assertThat(shown()).contains("stalled 40s");
  }

  @Test
  void without_unicode_bars_are_ascii() {
    bars(100, false).show(List.of(job("a", "transferring", 50, 25)));

    assertThat(shown()).contains("[=======########...............]");
    assertThat(raw().chars().allMatch(c -> c < 127)).isTrue();
  }

  @Test
  void lines_come_at_a_new_phase_every_five_percent_and_every_ten_seconds() {
    Lines lines = new Lines(paper(100, true), clock);

    lines.show(List.of(job("m", "transferring", 10, 0)));
    lines.show(List.of(job("m", "transferring", 11, 0)));
    lines.show(List.of(job("m", "transferring", 15, 0)));
    now.set(START.plusSeconds(9));
    lines.show(List.of(job("m", "transferring", 16, 0)));
    now.set(START.plusSeconds(10));
    lines.show(List.of(job("m", "transferring", 16, 0)));
    lines.show(List.of(job("m", "publishing", 100, 0)));

    assertThat(raw().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo("2026-11-23T14:02:11Z m transfer 10% 1.5/14.5GB 212MB/s eta 32s"),
            line -> assertThat(line).contains(" 15% "),
            line -> assertThat(line).startsWith("2026-11-23T14:02:21Z m transfer 16% "),
            line -> assertThat(line).contains("m publish 100%"));
  }

  @Test
  void waiting_says_for_what() {
    ObjectNode record = record("m", "waiting", 0, 0).put("waitingFor", "slot");

    assertThat(Job.of(record).phase()).isEqualTo("waiting for a slot");
  }

  @Test
  void a_state_of_the_future_is_unknown_and_not_an_end() {
    Job job = Job.of(record("m", "teleporting", 0, 0));

    assertThat(job.phase()).isEqualTo("unknown");
    assertThat(job.ended()).isFalse();
  }

  private Bars bars(int width, boolean unicode) {
    return new Bars(paper(width, unicode), clock, () -> width);
  }

  private Paper paper(int width, boolean unicode) {
    Terminal terminal = new Terminal(true, true, true, width, false, unicode, true);
    return new Paper(new ByteArrayOutputStream(), err, terminal, Form.TABLE, false);
  }

  private String raw() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private String shown() {
    return raw().replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "");
  }

  private static Job job(String model, String state, int percent, int reusedPercent) {
    return Job.of(record(model, state, percent, reusedPercent));
  }

  private static ObjectNode record(String model, String state, int percent, int reusedPercent) {
    long total = 14_500_000_000L;
    return Json.object()
        .put("requestId", "id-" + model)
        .put("model", model)
        .put("state", state)
        .put("totalBytes", total)
        .put("doneBytes", total / 100 * percent)
        .put("reusedBytes", total / 100 * reusedPercent)
        .put("rateBytesPerSecond", 212_000_000)
        .put("etaSeconds", 32);
  }
}
