package dev.kindred.http;

import static dev.kindred.http.Access.OPEN;

import java.util.List;

/** The script and the style that shops put into their pages. */
public final class WidgetFiles {

  private static final String FOR_AN_HOUR = "public, max-age=3600";

  private WidgetFiles() {}

  public static List<Route> routes() {
    Answer script = file("widget.js", "text/javascript; charset=utf-8");
    Answer style = file("widget.css", "text/css; charset=utf-8");
    return List.of(
        Route.get("/widget.js", OPEN, "The script for shops' pages", _ -> script),
        Route.get("/widget.css", OPEN, "How its rows look", _ -> style));
  }

  private static Answer file(String name, String type) {
    return Answer.of(200, type, Bundled.require("/widget/" + name))
        .with("Cache-Control", FOR_AN_HOUR);
  }
}
