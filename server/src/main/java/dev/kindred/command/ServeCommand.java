package dev.kindred.command;

import dev.kindred.App;
import dev.kindred.config.LiveConfig;
import dev.kindred.logging.Logs;
import java.time.Clock;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the server until it is told to stop. */
@Command(
    name = "serve",
    description = "Runs the server; prints 'ready on http://HOST:PORT' when it can serve.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  API_KEY=secret kindred serve",
      "  kindred serve --port 0 --data /var/lib/kindred --set LOG_FORMAT=text"
    })
public final class ServeCommand implements Callable<Integer> {

  @Mixin private ConfigOptions options = new ConfigOptions();
  @Mixin private ReadyLine ready = new ReadyLine();

  @Option(names = "--host", paramLabel = "HOST", description = "The address to listen on.")
  private Optional<String> host = Optional.empty();

  @Option(names = "--port", paramLabel = "N", description = "The port; 0 takes a free one.")
  private Optional<String> port = Optional.empty();

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    requireVectorInstructions();
    var flags = new HashMap<String, String>();
    host.ifPresent(value -> flags.put("HOST", value));
    port.ifPresent(value -> flags.put("PORT", value));
    LiveConfig config = options.load(flags);
    Logs.set(config.get().logging());
    var stop = StopSignal.listen(config.get().http().shutdownTimeout());
    try (App app = App.start(config, Clock.systemUTC())) {
      ready.print(spec.commandLine().getOut(), app.address());
      stop.await();
    }
    return 0;
  }

  /** Better told at the start than by the first entity. */
  private void requireVectorInstructions() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) return;
    throw new ParameterException(
        spec.commandLine(),
        "the JVM lacks its vector instructions: start it by './kindred serve', or by"
            + " 'java --add-modules jdk.incubator.vector -jar …'");
  }
}
