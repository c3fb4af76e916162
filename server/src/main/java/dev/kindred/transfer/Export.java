package dev.kindred.transfer;

import dev.kindred.domain.Entity;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.UserId;
import dev.kindred.domain.UserProfile;
import dev.kindred.store.Interactions.Kept;
import dev.kindred.store.TenantStore;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Everything of a kind that a tenant has, written page by page in constant memory. What changes
 * meanwhile may be in it as it was or as it is.
 *
 * <p>The first page is read at once, so that a database that is out of reach is told before
 * anything is written.
 */
public final class Export {

  /** So many records are held at most. */
  private static final int PAGE = 1_000;

  private final Pages pages;
  private final ExportWanted wanted;

  private Export(Pages pages, ExportWanted wanted) {
    this.pages = pages;
    this.wanted = wanted;
  }

  public static Export begin(TenantStore data, ExportWanted wanted) {
    Pages pages =
        switch (wanted.kind()) {
          case ENTITIES -> new Entities(data, wanted);
          case INTERACTIONS -> new Deeds(data, wanted);
          case USERS -> new People(data, wanted);
        };
    pages.read();
    return new Export(pages, wanted);
  }

  /** Writes all of it; returns how many records there were. Does not close the stream. */
  public long writeTo(OutputStream out, ExportFormat format) throws IOException {
    RecordSink sink =
        switch (format) {
          case CSV -> new CsvSink(out, wanted);
          case JSON -> new JsonSink(out, wanted, true);
          case NDJSON -> new JsonSink(out, wanted, false);
        };
    long records = 0;
    sink.begin();
    while (true) {
      records += pages.writeTo(sink);
      if (pages.isLast()) break;
      pages.read();
    }
    sink.end();
    return records;
  }

  /** A page at a time. */
  private interface Pages {

    /** Goes to the next page. */
    void read();

    /** Writes those of the page that are wanted. */
    long writeTo(RecordSink sink) throws IOException;

    boolean isLast();
  }

  private static final class Entities implements Pages {
    private final TenantStore data;
    private final ExportWanted wanted;
    private List<Entity> page = List.of();
    private Optional<EntityKey> last = Optional.empty();

    Entities(TenantStore data, ExportWanted wanted) {
      this.data = data;
      this.wanted = wanted;
    }

    @Override
    public void read() {
      page = data.catalog().page(wanted.entityType(), last, PAGE);
      if (!page.isEmpty()) last = Optional.of(page.getLast().key());
    }

    @Override
    public long writeTo(RecordSink sink) throws IOException {
      long records = 0;
      for (Entity entity : page) {
        if (!wanted.includes(entity.createdAt(), entity.updatedAt())) continue;
        sink.entity(entity);
        records++;
      }
      return records;
    }

    @Override
    public boolean isLast() {
      return page.size() < PAGE;
    }
  }

  private static final class Deeds implements Pages {
    private final TenantStore data;
    private final ExportWanted wanted;
    private List<Kept> page = List.of();
    private long last;

    Deeds(TenantStore data, ExportWanted wanted) {
      this.data = data;
      this.wanted = wanted;
    }

    @Override
    public void read() {
      page = data.interactions().inOrder(wanted.between(), last, PAGE);
      if (!page.isEmpty()) last = page.getLast().interaction().position();
    }

    /** What was done with an entity that is deleted counts no more; taken in again, it would. */
    @Override
    public long writeTo(RecordSink sink) throws IOException {
      long records = 0;
      for (Kept kept : page) {
        var type = kept.interaction().entity().type();
        boolean isOfType = wanted.entityType().map(type::equals).orElse(true);
        if (kept.isOfDeleted() || !isOfType) continue;
        sink.interaction(kept);
        records++;
      }
      return records;
    }

    @Override
    public boolean isLast() {
      return page.size() < PAGE;
    }
  }

  private static final class People implements Pages {
    private final TenantStore data;
    private final ExportWanted wanted;
    private List<UserProfile> page = List.of();
    private Optional<UserId> last = Optional.empty();

    People(TenantStore data, ExportWanted wanted) {
      this.data = data;
      this.wanted = wanted;
    }

    @Override
    public void read() {
      page = data.users().page(last, PAGE);
      if (!page.isEmpty()) last = Optional.of(page.getLast().id());
    }

    @Override
    public long writeTo(RecordSink sink) throws IOException {
      long records = 0;
      for (UserProfile user : page) {
        if (!wanted.includes(user.createdAt(), user.updatedAt())) continue;
        sink.user(user);
        records++;
      }
      return records;
    }

    @Override
    public boolean isLast() {
      return page.size() < PAGE;
    }
  }
}
