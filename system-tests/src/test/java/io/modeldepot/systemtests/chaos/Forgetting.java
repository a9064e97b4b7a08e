package io.modeldepot.systemtests.chaos;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** A broker that forgets: how far a group has come, or everything. */
final class Forgetting {
  private static final int TRIES = 20;
  private static final long BETWEEN_MILLIS = 500;

  private final Site site;

  Forgetting(Site site) {
    this.site = site;
  }

  /** The members of the group are gone; the broker may take a while to see it. */
  void offsets(String group) throws Exception {
    try (Admin admin =
        Admin.create(
            Map.of(
                "bootstrap.servers",
                site.broker().bootstrapServers(),
                "default.api.timeout.ms",
                "5000",
                "request.timeout.ms",
                "4000"))) {
      for (int i = 0; i < TRIES; i++) {
        try {
          admin.deleteConsumerGroups(List.of(group)).all().get(10, TimeUnit.SECONDS);
          return;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof GroupIdNotFoundException) {
            return;
          }
          if (!(e.getCause() instanceof GroupNotEmptyException)) {
            throw e;
          }
          Thread.sleep(BETWEEN_MILLIS);
        }
      }
    }
  }

  /** The broker comes back empty, under another name; nobody is started anew. */
  void wipe() {
    site.broker().wipe();
  }
}
