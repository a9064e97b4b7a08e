package io.modeldepot.systemtests.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.store.journal.BlockRanges;
import io.modeldepot.store.journal.Journal;
import io.modeldepot.store.journal.JournalFile;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.HubModel;
import io.modeldepot.systemtests.depot.Seed;
import io.modeldepot.systemtests.depot.ServiceProcess;
import io.modeldepot.systemtests.depot.Wait;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.HubRequest;
import io.modeldepot.testkit.hub.Mood;
import io.modeldepot.testkit.process.Repository;
import io.modeldepot.testkit.volume.StoreInvariants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The killing is done once, before the tests; each test then asks one question about it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillStory {
  private static final String ID = "killed";
  private static final Duration LONG = Duration.ofSeconds(120);
  private static final int KILLS = Integer.getInteger("depot.kill.times", 12);
  private static final int CONNECTIONS = 2;
  private static final long MOST_BETWEEN_KILLS = 48L << 20;

  private final SplittableRandom dice = Seed.of("depot.kill.seed");
  private final FakeHub hub = FakeHub.start();
  private final HubModel model = HubModel.at(hub, "often-killed").weights(9, (24 << 20) + 4711);
  private final CommitId commit = model.commit();
  private final Depot depot =
      Depot.start(
          hub.url(),
          1,
          Repository.newDataFolder("models"),
          Map.of(
              "DEPOT_TRANSFER_CONNECTIONS_PER_JOB",
              Integer.toString(CONNECTIONS),
              "DEPOT_CLAIM_TAKEOVER",
              "1500ms"));
  private final List<String> askedAgain = new ArrayList<>();
  private int kills;

  @BeforeAll
  void aDownloadIsKilledAgainAndAgain() {
    hub.mood(new Mood.Slow(24 << 20)).atContentNetwork();
    depot.writer().publish("download-requested", model.request(ID));
    ServiceProcess downloader = depot.downloader(0);
    Map<String, BlockRanges> kept = Map.of();
    int seen = 0;
    while (kills < KILLS && !isOver()) {
      long enough = hub.bytesServed() + dice.nextLong(1, MOST_BETWEEN_KILLS);
      Wait.until(
          "the hub has sent some more",
          LONG,
          () -> hub.bytesServed() >= enough || isOver(),
          () -> depot.jobs().journal(ID) + "\n" + downloader.log());
      downloader.kill();
      kills++;
      noteWhatWasAskedAgain(kept, seen);
      seen = hub.requests().size();
      kept = blocksOnTheVolume();
      downloader.launch();
    }
    hub.calm();
    depot.registry().ended(ID, LONG);
    noteWhatWasAskedAgain(kept, seen);
    System.out.printf(
        "%d kills; the hub sent %.1f MiB of a model of %.1f MiB.%n",
        kills, mebibytes(hub.bytesServed()), mebibytes(model.sizeBytes()));
  }

  @AfterAll
  void close() {
    depot.close();
    hub.close();
  }

  @Test
  void theDownloadEndsAsDone() {
    assertThat(depot.registry().get("/downloads/" + ID).body().path("state").asText())
        .isEqualTo("done");
  }

  @Test
  void everyByteIsTheHubs() {
    assertThat(model.differences(depot.models(), commit)).isEmpty();
  }

  @Test
  void theOperatorsCommandVerifiesItOffline() {
    assertThat(depot.shell().depot("verify " + model.name()).exit()).isZero();
  }

  @Test
  void theVolumeKeepsItsInvariants() throws Exception {
    StoreInvariants.assertHoldAtRest(depot.models());
  }

  @Test
  void noBlockThatWasInTheJournalIsAskedForAgain() {
    assertThat(askedAgain).isEmpty();
  }

  /**
   * A kill costs one unfinished block a connection, and one block's worth of files and ends of
   * files that are smaller, which are journaled together.
   */
  @Test
  void aKillCostsOneBlockPerConnectionAndOneOfSmallPieces() {
    long again = hub.bytesServed() - model.sizeBytes();

    assertThat(again).isLessThanOrEqualTo(kills * (CONNECTIONS + 1L) * Blocks.SIZE_BYTES);
  }

  @Test
  void theSequenceOfItsProgressOnlyRises() {
    List<Long> sequences =
        depot.topics().payloads("download-progressed", DownloadProgressed.class).stream()
            .filter(told -> told.requestId().value().equals(ID))
            .map(DownloadProgressed::sequence)
            .toList();

    assertThat(sequences).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void nothingOfTheJobIsLeftButItsJournal() {
    assertThat(depot.shell().run("ls downloads").ok().lines()).containsExactly(ID + ".json");
  }

  private boolean isOver() {
    return depot
        .jobs()
        .journal(ID)
        .map(Journal::state)
        .filter(state -> state == DownloadState.DONE || state == DownloadState.FAILED)
        .isPresent();
  }

  private Map<String, BlockRanges> blocksOnTheVolume() {
    Map<String, BlockRanges> blocks = new TreeMap<>();
    for (JournalFile file : depot.jobs().journal(ID).map(Journal::files).orElse(List.of())) {
      blocks.put(file.path(), file.blocksDone().orElse(BlockRanges.NONE));
    }
    return blocks;
  }

  private void noteWhatWasAskedAgain(Map<String, BlockRanges> kept, int seen) {
    List<HubRequest> all = hub.requests();
    for (HubRequest request : all.subList(seen, all.size())) {
      if (request.isContent()) {
        kept.forEach(
            (path, blocks) -> {
              if (request.path().endsWith("/" + path)
                  && blocks.stream().anyMatch(block -> asksFor(request, block))) {
                askedAgain.add(request + " although the journal had " + blocks);
              }
            });
      }
    }
  }

  private static boolean asksFor(HubRequest request, int block) {
    if (request.range().isEmpty()) {
      return true;
    }
    String[] range = request.range().get().replace("bytes=", "").split("-", -1);
    long first = Long.parseLong(range[0]) / Blocks.SIZE_BYTES;
    long last = Long.parseLong(range[1]) / Blocks.SIZE_BYTES;
    return first <= block && block <= last;
  }

  private static double mebibytes(long bytes) {
    return bytes / (double) (1 << 20);
  }
}
