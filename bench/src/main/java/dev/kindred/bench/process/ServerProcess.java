package dev.kindred.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, from its ready line on. */
public final class ServerProcess implements AutoCloseable {

  /** The key that every server under measurement is started with. */
  public static final String KEY = "bench-key-0123456789abcdef";

  private static final String READY = "ready on ";
  private static final Duration STOP_WITHIN = Duration.ofSeconds(40);

  private final Process process;
  private final InetSocketAddress address;
  private final Duration startedIn;

  private ServerProcess(Process process, InetSocketAddress address, Duration startedIn) {
    this.process = process;
    this.address = address;
    this.startedIn = startedIn;
  }

  /**
   * Starts the product: {@code ./kindred serve} on a free port, with these variables over its
   * defaults.
   */
  public static ServerProcess kindred(Map<String, String> variables, String... arguments)
      throws IOException {
    var command = new java.util.ArrayList<String>();
    command.add(project().resolve("kindred").toString());
    command.addAll(List.of("serve", "--port", "0"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of(
                "API_KEY",
                KEY,
                "RATE_LIMIT_ENABLED",
                "false",
                "LOG_LEVEL",
                "warn",
                "HOST",
                "127.0.0.1"));
    builder.environment().putAll(variables);
    return start(builder);
  }

  /** Starts a class of this program with the JVM options of the product. */
  public static ServerProcess java(Class<?> main, String... arguments) throws IOException {
    var command = new java.util.ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + project().resolve("scripts/java.options"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return start(new ProcessBuilder(command));
  }

  /** The folder of the project, which {@code ./kindred bench} says. */
  public static Path project() {
    String folder = System.getenv("KINDRED_PROJECT");
    if (folder == null) throw new IllegalStateException("start this by ./kindred bench");
    return Path.of(folder);
  }

  private static ServerProcess start(ProcessBuilder builder) throws IOException {
    long start = System.nanoTime();
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String line = out.readLine();
    while (line != null && !line.startsWith(READY)) line = out.readLine();
    if (line == null) throw new IOException("the server ended before it was ready");
    Duration startedIn = Duration.ofNanos(System.nanoTime() - start);
    // Whatever it prints later is read and dropped, so that it never waits for us.
    Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
    int port = URI.create(line.substring(READY.length()).strip()).getPort();
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return new ServerProcess(process, address, startedIn);
  }

  public InetSocketAddress address() {
    return address;
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + address.getPort() + path);
  }

  /** From the command to the ready line. */
  public Duration startedIn() {
    return startedIn;
  }

  /** How much memory of the machine it holds now, as the kernel counts it. */
  public long residentBytes() throws IOException {
    return told(ResidentMemory.now(process.pid()));
  }

  /** The most that it ever held. */
  public long residentBytesMost() throws IOException {
    return told(ResidentMemory.most(process.pid()));
  }

  private long told(OptionalLong bytes) throws IOException {
    return bytes.orElseThrow(
        () -> new IOException("the kernel does not tell the memory of " + process.pid()));
  }

  /** The time of all its threads so far. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Ends it as a power cut would. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) kill();
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
