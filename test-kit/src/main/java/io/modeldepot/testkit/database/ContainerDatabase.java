package io.modeldepot.testkit.database;

import io.modeldepot.testkit.process.Containers;
import io.modeldepot.testkit.process.FreePorts;
import java.util.List;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A PostgreSQL in a container, on a port that stays its own. */
final class ContainerDatabase implements TestDatabase {
  private static final DockerImageName IMAGE = DockerImageName.parse("postgres:18");
  private static final String STARTED = "database system is ready to accept connections";

  private final PostgreSQLContainer container;

  /** The image's first start says it twice: once for the making of the database. */
  private int starts = 2;

  @SuppressWarnings("resource") // Testcontainers removes it when the JVM ends.
  ContainerDatabase() {
    container =
        new PostgreSQLContainer(IMAGE)
            .withDatabaseName("depot")
            .withUsername("depot")
            .withPassword("depot");
    container.setPortBindings(List.of("127.0.0.1:" + FreePorts.next() + ":5432"));
    container.start();
  }

  @Override
  public Login login() {
    return new Login(container.getJdbcUrl(), container.getUsername(), container.getPassword());
  }

  @Override
  public synchronized void stop() {
    Containers.stop(container);
  }

  @Override
  public synchronized void kill() {
    Containers.kill(container);
  }

  @Override
  public synchronized void start() {
    starts++;
    Containers.startAgain(container, STARTED, starts);
  }
}
