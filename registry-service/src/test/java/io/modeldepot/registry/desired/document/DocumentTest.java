package io.modeldepot.registry.desired.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.modeldepot.events.terms.ModelName;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTest {
  private static final String HEAD = "apiVersion: modeldepot/v1\n";
  private static final String EXAMPLE =
      """
      apiVersion: modeldepot/v1
      defaults: { keep: 3, profile: serving }
      models:
        mistral-7b:    { source: mistralai/Mistral-7B-v0.1, track: main, approve: true }
        codellama-13b: { source: codellama/CodeLlama-13b-hf, pin: bc5283dbc5283dbc5283dbc5283dbc5283dbc528,
                         users: 12, context: 4096, dtype: [fp16, fp8] }
        phi-2:         { archived: true }
      gpus:
        host-a/1:      { reserve: { memory: 40GiB, until: 2026-11-30, reason: "trial" } }
      retention: { unusedDays: 60, trash: 72h }
      """;

  @Test
  void aDocumentBecomesWishesInTheCatalogsOwnTerms() throws Faulty {
    DesiredState state = DesiredState.read("models.yaml", EXAMPLE.getBytes(UTF_8));

    assertThat(patch(state, "mistral-7b"))
        .isEqualTo(
            "{\"repository\":\"mistralai/Mistral-7B-v0.1\",\"keepVersions\":3,\"profile\":\"serving\","
                + "\"branch\":\"main\",\"pin\":null,\"update\":\"approve\"}");
    assertThat(patch(state, "codellama-13b"))
        .contains("\"pin\":\"bc5283d")
        .contains("\"users\":12,\"minUsers\":null")
        .contains("\"contextTokens\":4096")
        .contains("\"variants\":[\"fp16\",\"fp8\"]");
    assertThat(patch(state, "phi-2")).contains("\"active\":false", "\"placement\":null");
    assertThat(setting(state, "gpu/host-a/1"))
        .isEqualTo(
            "{\"reservedBytes\":42949672960,\"until\":\"2026-11-30T00:00:00Z\",\"reason\":\"trial\"}");
    assertThat(setting(state, "retention"))
        .isEqualTo("{\"trashSeconds\":259200,\"unusedDays\":60}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "models: { phi-2: { userz: 3 } }|2|20|There is no key userz; did you mean users?",
        "modells: {}|2|1|There is no key modells; did you mean models?",
        "weather: []|2|1|There is no key weather; it can be apiVersion, defaults, gpus",
        "models: { phi-2: { users: many } }|2|20|\"many\": a whole number is expected",
        "models: { phi-2: { users: \"3\" } }|2|20|\"3\": a whole number is expected",
        "models: { phi-2: { users: 99999999999 } }|2|20|a whole number is expected",
        "models: { phi-2: { context: 9 } }|2|20|say users",
        "models: { phi-2: { users: 0, gpu: a/1 } }|2|30|nothing is served",
        "models: { phi-2: { users: 2, dtype: fp9 } }|2|30|Did you mean fp8",
        "models: { phi-2: { pin: main } }|2|20|40 hexadecimal digits",
        "models: { phi-2: { source: phi } }|2|20|ORG/NAME",
        "models: { phi-2: { active: yes } }|2|20|true or false",
        "models: { phi-2: { update: sometimes } }|2|20|it can be approve, follow, manual",
        "models: { phi-2: { update: follow, approve: true } }|2|36|Either update or approve",
        "models: { phi-2: { copies: 2, locations: [a] } }|2|20|Either locations or copies",
        "models: { phi-2: { archived: true, users: 3 } }|2|36|leave users out",
        "models: { Phi 2: {} }|2|11|must match",
        "models: { phi-2: [] }|2|18|Keys with values",
        "models: { phi-2: {}, phi-2: {} }|2|22|here twice",
        "models: { phi-2: { ? [a] : 1 } }|2|22|A key must be a word",
        "gpus: { a/0: { drain: false } }|2|16|Leave it out",
        "gpus: { a/0: { reserve: {} } }|2|16|memory: 40GiB",
        "gpus: { a/0: { reserve: { memory: much } } }|2|27|a size is expected",
        "gpus: { a/0: { drain: { until: soon } } }|2|25|a time is expected",
        "retention: { trash: long }|2|14|72h",
        "retention: { watermarks: { high: much } }|2|28|0.9",
        "quotas: { llama: much }|2|11|a size",
        "schedules: { nightly: { when: now } }|2|25|it can be command, cron",
        "notify: []|2|9|Keys with values are expected here.",
        "notify: { ops: { on: ['*'], url-file: u } }|2|29|did you mean urlFile?",
        "defaults: { users: 3 }|2|13|it can be context, keep, profile, update",
        "models: !!java.net.URL [a]|2|9|Global tag is not allowed",
        "models: !mine {}|2|9|Tags as !mine are not read",
        "models: &a { phi-2: *a }|2|9|itself",
        "models: { phi-2|2|16|Not YAML",
        "models: { phi-2: { licence: \"\\ud800\" } }|2|29|no text has",
        "models: { \"\\0\": {} }|2|11|no text has",
        "models:\t{}\t}|2|8|Not YAML",
      })
  void whatIsWrongIsSaidWithItsPlaceAndWhatItCouldBe(
      String wrong, int line, int column, String say) {
    Faulty faulty = faults(HEAD + wrong);

    assertThat(faulty.faults()).hasSize(1);
    Fault fault = faulty.faults().getFirst();
    assertThat(fault.say()).contains(say);
    assertThat(fault.place()).isEqualTo(new Place("models.yaml", line, column));
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceInTheOrderOfTheFile() {
    Faulty faulty =
        faults(
            """
            apiVersion: modeldepot/v2
            models:
              phi-2:
                userz: 1
                keep: 0
            retention: { trash: x }
            """);

    assertThat(faulty.faults()).extracting(it -> it.place().line()).containsExactly(1, 4, 5, 6);
    assertThat(faulty.faults().get(1).pointer()).isEqualTo("/models/phi-2/userz");
    assertThat(faulty.faults().get(1).toString())
        .startsWith("models.yaml:4:5: models.phi-2.userz: There is no key userz");
  }

  @Test
  void whatSaysNothingOrTooMuchIsNoDocument() {
    assertThat(faults("").getMessage()).contains("empty");
    assertThat(faults("# nothing\n").getMessage()).contains("empty");
    assertThat(faults("models: {}").getMessage()).contains("apiVersion: modeldepot/v1");
    assertThat(faults(HEAD + "---\n" + HEAD).getMessage()).contains("Not YAML");
    assertThat(faults("#" + "x".repeat(YamlText.MOST_BYTES)).getMessage()).contains("bytes");
    assertThat(faults(HEAD + "models: " + "[".repeat(1000)).getMessage()).contains("Not YAML");
    assertThat(read(new byte[] {'a', (byte) 0xff}).getMessage()).contains("UTF-8");
    assertThat(faults(laughs()).getMessage()).contains("Too much");
  }

  @Test
  void twoFilesMayNotSayOneThing() throws Faulty {
    DesiredState one = DesiredState.read("a.yaml", (HEAD + "models: { m: {} }").getBytes(UTF_8));
    DesiredState two = DesiredState.read("b.yaml", (HEAD + "models: { n: {} }").getBytes(UTF_8));

    assertThat(DesiredState.together(List.of(one, two)).models()).hasSize(2);
    Faulty faulty =
        Objects.requireNonNull(
            catchThrowableOfType(
                Faulty.class, () -> DesiredState.together(List.of(one, two, one))));
    assertThat(faulty.getMessage()).contains("a.yaml:2:11", "already");
  }

  @Test
  void sizesAndSpansAreWrittenAsTheyAreRead() {
    Random random = new Random(20);
    for (int i = 0; i < 10_000; i++) {
      long number = random.nextLong(1L << random.nextInt(1, 50));
      assertThat(Amounts.bytes(Amounts.size(number))).hasValue(number);
      assertThat(Amounts.seconds(Amounts.span(number % 100_000_000)))
          .hasValue(number % 100_000_000);
    }
    assertThat(Amounts.size(40L << 30)).isEqualTo("40GiB");
    assertThat(Amounts.size(500_000_000_000L)).isEqualTo("500GB");
    assertThat(Amounts.bytes("1.5TB")).hasValue(1_500_000_000_000L);
  }

  /** Whatever comes, it is a document, or it is refused with a place in it. */
  @Test
  void noMutationOfADocumentDoesAnythingElseThanBeingRefused() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    int[] refused = new int[1];
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(120),
        () -> {
          for (int i = 0; i < 4000; i++) {
            byte[] bytes = mutated(EXAMPLE.getBytes(UTF_8), random);
            try {
              assertThat(DesiredState.read("models.yaml", bytes)).isNotNull();
            } catch (Faulty e) {
              refused[0]++;
              assertThat(e.faults())
                  .allSatisfy(
                      fault -> {
                        assertThat(fault.place().line()).isPositive();
                        assertThat(fault.toString()).doesNotContainPattern("\\p{Cntrl}");
                      });
            }
          }
        },
        "-Dseed=" + seed + " repeats it");
    assertThat(refused[0]).as("seed %s", seed).isGreaterThan(1000);
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] now = bytes;
    for (int times = random.nextInt(1, 6); times > 0 && now.length > 2; times--) {
      int at = random.nextInt(now.length);
      int end = Math.min(now.length, at + random.nextInt(1, 30));
      String syntax = "{}[]:,&*!|>'\"#%@`?-~\\\n\t \u0000\u0007\ufeff<<";
      now =
          switch (random.nextInt(5)) {
            case 0 -> splice(now, at, end, new byte[0]);
            case 1 -> splice(now, at, at, java.util.Arrays.copyOfRange(now, at, end));
            case 2 -> splice(now, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            case 3 ->
                splice(
                    now,
                    at,
                    at,
                    String.valueOf(syntax.charAt(random.nextInt(syntax.length()))).getBytes(UTF_8));
            default -> {
              int from = random.nextInt(now.length);
              int to = Math.min(now.length, from + random.nextInt(1, 60));
              yield splice(now, at, at, java.util.Arrays.copyOfRange(now, from, to));
            }
          };
    }
    return now;
  }

  private static byte[] splice(byte[] into, int from, int to, byte[] put) {
    byte[] made = new byte[into.length - (to - from) + put.length];
    System.arraycopy(into, 0, made, 0, from);
    System.arraycopy(put, 0, made, from, put.length);
    System.arraycopy(into, to, made, from + put.length, into.length - to);
    return made;
  }

  /** Twenty lists, each of ten of the one before. */
  private static String laughs() {
    StringBuilder text = new StringBuilder(HEAD + "x0: &x0 [a]\n");
    for (int i = 1; i < 20; i++) {
      String one = "*x" + (i - 1) + ",";
      text.append("x%d: &x%d [%s]%n".formatted(i, i, one.repeat(10)));
    }
    return text.toString();
  }

  private static Faulty faults(String text) {
    return read(text.getBytes(UTF_8));
  }

  private static Faulty read(byte[] bytes) {
    return Objects.requireNonNull(
        catchThrowableOfType(Faulty.class, () -> DesiredState.read("models.yaml", bytes)));
  }

  private static String patch(DesiredState state, String model) {
    return Objects.requireNonNull(state.models().get(ModelName.of(model))).patch().toString();
  }

  private static String setting(DesiredState state, String key) {
    return Objects.requireNonNull(state.settings().get(key)).value().toString();
  }
}
