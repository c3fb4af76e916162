package dev.kindred.measure.behaviour;

import dev.kindred.measure.behaviour.Overview.Bucket;
import dev.kindred.measure.behaviour.Overview.Recommended;
import dev.kindred.measure.behaviour.Overview.Top;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Counts the moments of all users that lie within a time. One use only. */
final class OverviewScan {

  private static final int TOP = 20;

  private final TenantBehaviour tenant;
  private final long fromMillis;
  private final long untilMillis;
  private final long bucketMillis;

  private final long[][] events;
  private final int[] active;
  private final int[] lastActive;
  private final long[] titles;
  private final BitSet recommendedTitles = new BitSet();
  private int activeUsers;
  private long shown;
  private long acted;

  /** All three in whole hours; there is at least one bucket. */
  OverviewScan(TenantBehaviour tenant, long fromMillis, long untilMillis, long bucketMillis) {
    this.tenant = tenant;
    this.fromMillis = fromMillis;
    this.untilMillis = untilMillis;
    this.bucketMillis = bucketMillis;
    int buckets = Math.toIntExact(Math.ceilDiv(untilMillis - fromMillis, bucketMillis));
    events = new long[buckets][tenant.types.count()];
    active = new int[buckets];
    lastActive = new int[buckets];
    Arrays.fill(lastActive, -1);
    titles = new long[tenant.titles.count()];
  }

  Overview run() {
    for (UserHistory user : tenant.users.all()) count(user);
    return new Overview(
        Instant.ofEpochMilli(fromMillis),
        Instant.ofEpochMilli(untilMillis),
        IntStream.range(0, active.length).mapToObj(this::bucket).toList(),
        activeUsers,
        top(),
        recommended());
  }

  private void count(UserHistory user) {
    boolean isActive = false;
    for (int i = 0; i < user.moments(); i++) {
      long millis = user.millisOfMoment(i);
      if (millis < fromMillis || millis >= untilMillis) continue;
      int bucket = (int) ((millis - fromMillis) / bucketMillis);
      long key = user.keyOfMoment(i);
      int type = RowKey.type(key);
      int title = RowKey.title(key);
      events[bucket][type]++;
      isActive = true;
      if (lastActive[bucket] != user.index) {
        lastActive[bucket] = user.index;
        active[bucket]++;
      }
      Role role = tenant.types.role(type);
      if (role != Role.NO_INTEREST) titles[title]++;
      if (RowKey.isOfRecommendation(key)) {
        recommendedTitles.set(title);
        if (role == Role.NO_INTEREST) shown++;
        else acted++;
      }
    }
    if (isActive) activeUsers++;
  }

  private Bucket bucket(int index) {
    var byType = new TreeMap<String, Long>();
    for (int type = 0; type < events[index].length; type++) {
      if (events[index][type] > 0) byType.put(tenant.types.name(type), events[index][type]);
    }
    return new Bucket(
        Instant.ofEpochMilli(fromMillis + index * bucketMillis), byType, active[index]);
  }

  private List<Top> top() {
    var found = new ArrayList<Integer>();
    for (int title = 0; title < titles.length; title++) {
      if (titles[title] > 0 && !tenant.titles.at(title).isDeleted) found.add(title);
    }
    found.sort(
        Comparator.comparingLong((Integer title) -> titles[title])
            .reversed()
            .thenComparingInt(title -> tenant.titles.at(title).number));
    return found.stream()
        .map(tenant.titles::at)
        .filter(title -> title.description != null)
        .limit(TOP)
        .map(this::top)
        .toList();
  }

  private Top top(Title title) {
    Description said = title.description;
    if (said == null) throw new IllegalStateException("described titles only");
    return new Top(said.key(), said.title().orElse(said.key().id().value()), titles[title.index]);
  }

  private Recommended recommended() {
    int living = 0;
    int covered = 0;
    for (int i = 0; i < tenant.titles.count(); i++) {
      if (tenant.titles.at(i).isDeleted) continue;
      living++;
      if (recommendedTitles.get(i)) covered++;
    }
    return new Recommended(
        shown,
        acted,
        shown == 0 ? 0 : Math.min(1, (double) acted / shown),
        living == 0 ? 0 : (double) covered / living);
  }
}
