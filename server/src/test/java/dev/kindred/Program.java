package dev.kindred;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a Java machine of its own, as people run it. */
final class Program implements AutoCloseable {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int PATIENCE_SECONDS = 60;

  /** What the JVM says of vector instructions, whatever it is told. */
  private static final String ANNOUNCEMENT =
      "WARNING: Using incubator modules: jdk.incubator.vector\n";

  private final Process process;
  private final BufferedReader out;
  private final Path err;
  private final List<String> printed = new ArrayList<>();

  private Program(Process process, Path err) {
    this.process = process;
    this.out = process.inputReader(UTF_8);
    this.err = err;
  }

  static Program start(Path folder, Map<String, String> environment, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--add-modules=jdk.incubator.vector", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    Path err = folder.resolve("err.log");
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()));
    builder.environment().keySet().removeIf(name -> !name.matches("PATH|HOME|LANG|TMPDIR"));
    builder.environment().putAll(environment);
    try {
      return new Program(builder.start(), err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the line that says that it can serve; returns the address in it. */
  URI awaitReady() throws IOException {
    String line = nextLine();
    assertThat(line).startsWith("ready on http://");
    return URI.create(line.substring("ready on ".length()));
  }

  /** The next line on standard output. */
  String nextLine() throws IOException {
    String line = out.readLine();
    assertThat(line).as("a line on standard output; err: %s", err()).isNotNull();
    printed.add(line);
    return line;
  }

  HttpResponse<String> ask(String method, URI uri, String body, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) request.headers(headers);
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  /** Tells it to stop, as a supervisor would. */
  void terminate() {
    // Not process.destroy(), which closes the streams as well.
    process.toHandle().destroy();
  }

  int awaitExit() throws InterruptedException, IOException {
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(ended).as("ended in time; err: %s", err()).isTrue();
    out.lines().forEach(printed::add);
    return process.exitValue();
  }

  /** All lines on standard output. */
  List<String> out() {
    return List.copyOf(printed);
  }

  String err() {
    try {
      return Files.readString(err).replace(ANNOUNCEMENT, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
