package dev.kindred.http;

import io.helidon.webserver.Router;
import io.helidon.webserver.Routing;
import io.helidon.webserver.http.HttpRouting;
import java.util.List;

/**
 * Leads all HTTP to the rim. Helidon's own router always has a routing of its own beside ours, and
 * which of the two wins is chance.
 */
record OnlyRouting(HttpRouting rim) implements Router {

  @Override
  public <T extends Routing> T routing(Class<T> type, T otherwise) {
    return type == HttpRouting.class ? type.cast(rim) : otherwise;
  }

  @Override
  public List<? extends Routing> routings() {
    return List.of(rim);
  }

  @Override
  public void beforeStart() {}

  @Override
  public void afterStop() {}
}
