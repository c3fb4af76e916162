package dev.kindred.measure.behaviour;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Piece;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The titles of a tenant, by number and by index. Guarded by the tenant's lock. */
final class Titles {

  private final Map<Integer, Title> byNumber = new HashMap<>();
  private final List<Title> byIndex = new ArrayList<>();
  private final LookUps lookUps;

  /**
   * @param lookUps is told of titles of which nothing is known yet
   */
  Titles(LookUps lookUps) {
    this.lookUps = lookUps;
  }

  /** That of an entity, which is named here for the first time or not. */
  Title of(int entity) {
    return byNumber.computeIfAbsent(
        entity,
        fresh -> {
          var title = new Title(fresh, byIndex.size());
          byIndex.add(title);
          lookUps.descriptionOf(fresh);
          return title;
        });
  }

  @Nullable Title find(int entity) {
    return byNumber.get(entity);
  }

  Title at(int index) {
    return byIndex.get(index);
  }

  int count() {
    return byIndex.size();
  }

  Piece capture() {
    List<Piece> then = byIndex.stream().map(Title::capture).toList();
    return out -> {
      out.number(then.size());
      for (Piece title : then) title.write(out);
    };
  }

  void read(Input in) throws IOException {
    for (int index = 0, end = in.number(); index < end; index++) {
      Title title = Title.read(in, index);
      byIndex.add(title);
      byNumber.put(title.number, title);
      if (!title.isDeleted) lookUps.descriptionOf(title.number);
    }
  }
}
