package io.modeldepot.benchmarks.mirror;

import io.modeldepot.benchmarks.rig.Rig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** An nginx that sends files of a folder from the page cache, as its own documents advise. */
final class Nginx implements AutoCloseable {
  private final Process process;
  private final URI url;

  private Nginx(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts it; it answers once its port is bound, which is before this returns or soon after.
   *
   * @param work where its settings and its log are
   * @param files what it serves, by path
   */
  static Nginx start(Path work, Path files) throws IOException {
    int port = Rig.freePort();
    Path folder = Files.createDirectories(work.resolve("nginx"));
    Path settings =
        Files.writeString(
            folder.resolve("nginx.conf"),
            """
            daemon off;
            user root;
            worker_processes auto;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log;
            events { worker_connections 1024; }
            http {
              access_log off;
              sendfile on;
              tcp_nopush on;
              keepalive_requests 1000000;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              server { listen 127.0.0.1:%2$d; root %3$s; }
            }
            """
                .formatted(folder, port, files));
    Process process =
        new ProcessBuilder("nginx", "-c", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.log").toFile())
            .start();
    return new Nginx(process, URI.create("http://127.0.0.1:" + port));
  }

  /** Where it listens. */
  URI url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
