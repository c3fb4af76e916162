package dev.kindred.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.ModelMaking;
import dev.kindred.Parts;
import dev.kindred.config.LiveConfig;
import dev.kindred.domain.Event;
import dev.kindred.domain.ModelRecord;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonWriter;
import dev.kindred.learn.Learning;
import dev.kindred.logging.Logs;
import dev.kindred.store.jdbc.JdbcStore;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes models by hand, in a process of its own; servers on the same database take them over. */
@Command(
    name = "train",
    description = "Makes the models anew; running servers take them over within seconds.",
    footerHeading = "%nExamples:%n",
    footer = {"  kindred train", "  kindred train --tenant shop-1 --json"})
public final class TrainCommand implements Callable<Integer> {

  private static final int EVENTS_AT_ONCE = 10_000;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--json", description = "Prints JSON, a line a model.")
  private boolean json;

  @Option(names = "--tenant", paramLabel = "ID", description = "Of this tenant only.")
  private Optional<String> only = Optional.empty();

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    LiveConfig config = options.load(Map.of());
    Logs.set(config.get().logging());
    Clock clock = Clock.systemUTC();
    try (var store = JdbcStore.open(Parts.database(config.get()), clock, new SecureRandom())) {
      int dimension = config.get().learning().vectorDimension();
      var learning = new Learning(store, dimension, System::nanoTime);
      learning.load();
      followAll(store, learning);
      try (var making = new ModelMaking(store, learning, config, clock)) {
        making.training().look();
        for (TenantId tenant : store.tenants().all()) {
          if (!only.map(tenant.value()::equals).orElse(true)) continue;
          making.training().rebuild(tenant, () -> {}, () -> {});
          store.models().newest(tenant, making.training().steps(tenant)).forEach(this::tell);
        }
      }
    }
    return 0;
  }

  private static void followAll(JdbcStore store, Learning learning) {
    long end = store.log().head();
    for (long at = 0; at < end; ) {
      var events = new ArrayList<Event>();
      long next = store.log().read(at, EVENTS_AT_ONCE, events::add);
      if (next == at) return;
      learning.follow(events);
      at = next;
    }
  }

  private void tell(ModelRecord model) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? new String(json(model), UTF_8) : sentence(model));
    out.flush();
  }

  private static String sentence(ModelRecord model) {
    String outcome = model.name().isEmpty() ? "too little to learn from" : "model " + model.name();
    return model.type() + ": " + outcome + ", as of position " + model.position();
  }

  private static byte[] json(ModelRecord model) {
    return new JsonWriter()
        .beginObject()
        .field("entity_type", model.type())
        .field("name", model.name())
        .field("position", model.position())
        .field("in_force", model.isInForce())
        .endObject()
        .toByteArray();
  }
}
