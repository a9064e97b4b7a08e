package io.modeldepot.cli;

import io.modeldepot.cli.command.Entry;
import io.modeldepot.cli.command.Surroundings;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.command.about.Audit;
import io.modeldepot.cli.command.about.Completion;
import io.modeldepot.cli.command.about.Config;
import io.modeldepot.cli.command.about.Events;
import io.modeldepot.cli.command.about.Explain;
import io.modeldepot.cli.command.about.Version;
import io.modeldepot.cli.command.bundle.BundleOf;
import io.modeldepot.cli.command.catalog.Activate;
import io.modeldepot.cli.command.catalog.Deactivate;
import io.modeldepot.cli.command.catalog.ListModels;
import io.modeldepot.cli.command.catalog.Pin;
import io.modeldepot.cli.command.catalog.Rollback;
import io.modeldepot.cli.command.catalog.Spread;
import io.modeldepot.cli.command.catalog.Status;
import io.modeldepot.cli.command.catalog.Unpin;
import io.modeldepot.cli.command.cleanup.ArchiveAway;
import io.modeldepot.cli.command.cleanup.Cleanup;
import io.modeldepot.cli.command.cleanup.Unarchive;
import io.modeldepot.cli.command.cleanup.Undo;
import io.modeldepot.cli.command.cleanup.UsageOf;
import io.modeldepot.cli.command.doctor.Doctor;
import io.modeldepot.cli.command.download.Cancel;
import io.modeldepot.cli.command.download.Download;
import io.modeldepot.cli.command.download.Downloads;
import io.modeldepot.cli.command.download.Watch;
import io.modeldepot.cli.command.maintenance.Backup;
import io.modeldepot.cli.command.maintenance.Backups;
import io.modeldepot.cli.command.maintenance.Export;
import io.modeldepot.cli.command.maintenance.Restore;
import io.modeldepot.cli.command.placement.Fit;
import io.modeldepot.cli.command.placement.Gpus;
import io.modeldepot.cli.command.placement.Place;
import io.modeldepot.cli.command.placement.Unplace;
import io.modeldepot.cli.command.update.Diff;
import io.modeldepot.cli.command.update.Update;
import io.modeldepot.cli.command.volume.ImportTree;
import io.modeldepot.cli.command.volume.PathOf;
import io.modeldepot.cli.command.volume.ProofOf;
import io.modeldepot.cli.command.volume.SetUp;
import io.modeldepot.cli.command.volume.Verify;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** Every subcommand, in the order in which help shows them. */
public final class Commands {
  private Commands() {}

  public static Entry entry(Surroundings surroundings) {
    SequencedMap<String, Supplier<? extends Work>> commands = new LinkedHashMap<>();
    Entry entry = new Entry(commands, surroundings);
    commands.put("setup", SetUp::new);
    commands.put("download", Download::new);
    commands.put("status", Status::new);
    commands.put("list", ListModels::new);
    commands.put("path", PathOf::new);
    commands.put("verify", Verify::new);
    commands.put("proof", ProofOf::new);
    commands.put("rollback", Rollback::new);
    commands.put("diff", Diff::new);
    commands.put("update", Update::new);
    commands.put("activate", Activate::new);
    commands.put("deactivate", Deactivate::new);
    commands.put("pin", Pin::new);
    commands.put("unpin", Unpin::new);
    commands.put("spread", Spread::new);
    commands.put("import", ImportTree::new);
    commands.put("backup", Backup::new);
    commands.put("backups", Backups::new);
    commands.put("restore", Restore::new);
    commands.put("export", Export::new);
    commands.put("bundle", BundleOf::new);
    commands.put("downloads", Downloads::new);
    commands.put("watch", Watch::new);
    commands.put("cancel", Cancel::new);
    commands.put("gpus", Gpus::new);
    commands.put("fit", Fit::new);
    commands.put("place", Place::new);
    commands.put("unplace", Unplace::new);
    commands.put("cleanup", Cleanup::new);
    commands.put("undo", Undo::new);
    commands.put("archive", ArchiveAway::new);
    commands.put("unarchive", Unarchive::new);
    commands.put("usage", UsageOf::new);
    commands.put("events", Events::new);
    commands.put("audit", Audit::new);
    commands.put("doctor", Doctor::new);
    commands.put("explain", Explain::new);
    commands.put("config", Config::new);
    commands.put("completion", () -> new Completion(entry::everything));
    commands.put("version", Version::new);
    return entry;
  }
}
