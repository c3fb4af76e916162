package dev.kindred.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.json.JsonWriter;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The one line that a server prints when it can serve, for people or for programs. */
final class ReadyLine {
  @Option(names = "--json", description = "Says that it is ready as JSON.")
  private boolean json;

  void print(PrintWriter out, String address) {
    if (json) {
      var line = new JsonWriter().beginObject().field("ready", address).endObject();
      out.println(new String(line.toByteArray(), UTF_8));
    } else {
      out.println("ready on " + address);
    }
    out.flush();
  }
}
