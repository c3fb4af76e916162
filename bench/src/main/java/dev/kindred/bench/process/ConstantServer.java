package dev.kindred.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import java.util.logging.LogManager;

/**
 * The floor: the same framework, reading the body and answering always the same.
 *
 * <p>Arguments: the status, and how many bytes of JSON to answer.
 */
public final class ConstantServer {

  private ConstantServer() {}

  public static void main(String[] arguments) {
    LogManager.getLogManager().reset(); // It has nothing to say that a table of figures needs.
    Status status = Status.create(Integer.parseInt(arguments[0]));
    byte[] body = ("\"" + "x".repeat(Integer.parseInt(arguments[1]) - 2) + "\"").getBytes(UTF_8);
    WebServer server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(routing ->
                routing.any((request, response) -> {
                  if (request.content().hasEntity()) request.content().as(byte[].class);
                  response.status(status);
                  response.header(HeaderNames.CONTENT_TYPE, "application/json");
                  response.send(body);
                }))
            .build()
            .start();
    System.out.println("ready on http://127.0.0.1:" + server.port());
  }
}
