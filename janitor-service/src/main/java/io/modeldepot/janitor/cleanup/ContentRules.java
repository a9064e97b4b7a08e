package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.command.CleanupScope;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.journal.Journals;
import io.modeldepot.store.survey.Survey;
import io.modeldepot.store.survey.Survey.Blob;
import io.modeldepot.store.survey.Survey.Job;
import io.modeldepot.store.survey.Survey.Stranger;
import io.modeldepot.store.trash.Expunging;
import io.modeldepot.store.trash.TrashEntry;
import io.modeldepot.store.trash.TrashNote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which content goes that is no version: blobs, partials, the trash, strangers. Pure. */
final class ContentRules {
  /** A tree without a manifest is a publish under way for so long. */
  private static final Duration UNFINISHED_STAYS = Duration.ofHours(24);

  private static final Duration STRANGERS_STAY = Duration.ofDays(7);

  private final Survey survey;
  private final Order order;
  private final Uses uses;
  private final Judgement judgement;
  private final Set<String> halves = new HashSet<>();

  ContentRules(Picture picture, Order order, Uses uses, Judgement judgement) {
    this.survey = picture.survey();
    this.order = order;
    this.uses = uses;
    this.judgement = judgement;
    survey.trash().stream()
        .filter(it -> it.content() == TrashEntry.Content.PART)
        .forEach(it -> halves.add(it.note().from()));
  }

  /** Judges everything that is asked for. */
  void judge() {
    if (order.looksAt(CleanupScope.CACHE)) {
      cache();
    }
    if (order.looksAt(CleanupScope.PARTIALS)) {
      survey.jobs().stream().filter(Job::claimed).forEach(this::partial);
    }
    if (order.looksAt(CleanupScope.TRASH)) {
      survey.trash().forEach(this::trash);
    }
    if (order.looksAt(CleanupScope.FOREIGN)) {
      survey.strangers().forEach(this::stranger);
    }
  }

  private void cache() {
    Set<Sha256> awaited = new HashSet<>();
    survey.jobs().forEach(job -> awaited.addAll(job.needs()));
    List<Blob> unneeded = new ArrayList<>();
    long linked = 0;
    long young = 0;
    long used = 0;
    for (Blob blob : survey.blobs()) {
      if (awaited.contains(blob.digest())) {
        used += blob.stat().allocatedBytes();
      } else if (Expunging.isUnreferenced(blob.stat(), survey.volumesNow())
          && order.olderThan().filter(limit -> age(blob).compareTo(limit) < 0).isEmpty()) {
        unneeded.add(blob);
      } else if (blob.stat().links() > 1) {
        linked += blob.stat().allocatedBytes();
      } else {
        young += blob.stat().allocatedBytes();
      }
    }
    long spared = take(unneeded);
    staysIfAny("cache", "versions and the trash share it", linked);
    staysIfAny("cache", "a download is about to use it", used);
    staysIfAny("cache", "too young to go", young);
    staysIfAny("cache", "within the budget of the cache", spared);
  }

  /** Everything over the budget goes, the oldest first. */
  private long take(List<Blob> unneeded) {
    unneeded.sort(Comparator.comparing((Blob blob) -> blob.stat().modifiedAt()).reversed());
    long spared = 0;
    for (Blob blob : unneeded) {
      long bytes = blob.stat().allocatedBytes();
      if (spared + bytes <= order.cacheBytes()) {
        spared += bytes;
        continue;
      }
      judgement.goes(
          new Item(
              Item.Kind.BLOB,
              "blob " + blob.digest().value().substring(0, 12),
              blob.digest().value(),
              Optional.empty(),
              Optional.empty(),
              blob.stat().inode() + "." + blob.stat().modifiedAt().toEpochMilli(),
              "no version, download or trash has it",
              order.reason(),
              bytes,
              false));
    }
    return spared;
  }

  private void partial(Job job) {
    String what = "partial " + job.id() + job.model().map(model -> " (" + model + ")").orElse("");
    if (job.state().isEmpty()) {
      judgement.stays(what, "its journal cannot be read: nobody knows what it is", job.bytes());
    } else if (!Journals.isFinal(job.state().get())) {
      judgement.stays(what, "the download is not over; cancel it to free the space", job.bytes());
    } else {
      Instant ended = job.journaledAt().orElse(survey.volumesNow());
      Duration since = Duration.between(ended, survey.volumesNow());
      if (since.compareTo(Expunging.PARTIALS_STAY) < 0) {
        judgement.stays(
            what, "ended %s ago; goes after 7 days".formatted(Words.span(since)), job.bytes());
      } else {
        judgement.goes(
            new Item(
                Item.Kind.PARTIAL,
                what,
                job.id().value(),
                job.model(),
                job.commit(),
                Long.toString(ended.toEpochMilli()),
                "its download ended %s ago".formatted(Words.span(since)),
                order.reason(),
                job.bytes(),
                false));
      }
    }
  }

  private void trash(TrashEntry entry) {
    TrashNote note = entry.note();
    if (note.kind() == TrashNote.Kind.VERSION && entry.whole() && !order.asksForTrashOf(note)) {
      return;
    }
    String what = "trash " + entry.name();
    Optional<String> use =
        note.kind() == TrashNote.Kind.VERSION
            ? uses.ofVersion(note.model().orElseThrow(), note.commit().orElseThrow(), false)
            : Optional.empty();
    boolean empty = entry.content() == TrashEntry.Content.NONE;
    if (use.isPresent()) {
      judgement.stays(what, use.get(), note.bytes());
    } else if (!Expunging.isOver(entry, survey.volumesNow(), order.longestTrashWindow())) {
      judgement.stays(
          what,
          entry.whole()
              ? "can be brought back until " + Wire.time(entry.undoUntil())
              : "it is being moved",
          note.bytes());
    } else {
      judgement.goes(
          new Item(
              Item.Kind.TRASH,
              what,
              entry.name(),
              note.model(),
              note.commit(),
              Long.toString(entry.since().toEpochMilli()),
              empty ? "nothing of it is left" : "its time in the trash is over",
              order.reason(),
              note.bytes(),
              false));
    }
  }

  private void stranger(Stranger stranger) {
    if (halves.contains(stranger.path())) {
      judgement.stays(
          stranger.path(), "its version is being moved to the trash or back", stranger.bytes());
      return;
    }
    Duration age = Duration.between(stranger.modifiedAt(), survey.volumesNow());
    Duration stays =
        stranger.kind() == Stranger.Kind.UNFINISHED ? UNFINISHED_STAYS : STRANGERS_STAY;
    if (age.compareTo(stays) < 0) {
      judgement.stays(
          stranger.path(),
          "touched %s ago; goes after %s".formatted(Words.span(age), Words.span(stays)),
          stranger.bytes());
      return;
    }
    String reason =
        switch (stranger.kind()) {
          case INCOMPLETE -> "an unfinished download of another tool, untouched for %s";
          case LOCK -> "a lock file of another tool, untouched for %s";
          case UNFINISHED -> "a version that was never published, untouched for %s";
        };
    judgement.goes(
        new Item(
            Item.Kind.STRANGER,
            stranger.path(),
            stranger.kind() + ":" + stranger.path(),
            Optional.empty(),
            Optional.empty(),
            stranger.print(),
            reason.formatted(Words.span(age)),
            order.reason(),
            stranger.bytes(),
            false));
  }

  private Duration age(Blob blob) {
    return Duration.between(blob.stat().modifiedAt(), survey.volumesNow());
  }

  private void staysIfAny(String what, String reason, long bytes) {
    if (bytes > 0) {
      judgement.stays(what, reason, bytes);
    }
  }
}
