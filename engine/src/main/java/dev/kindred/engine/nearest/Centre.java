package dev.kindred.engine.nearest;

import java.util.List;

/**
 * The middle of some directions.
 *
 * @param direction where the middle points
 * @param cohesion the mean cosine between the middle and its members: 1 when all are the same
 */
record Centre(Quantised direction, float cohesion) {
  static Centre of(List<Quantised> members, int length) {
    float[] sum = new float[length];
    for (var member : members) member.addTo(sum);
    return of(sum, members.size());
  }

  static Centre of(float[] sum, int members) {
    double square = 0;
    for (float x : sum) square += (double) x * x;
    float cohesion = members == 0 ? 0 : (float) Math.min(1, Math.sqrt(square) / members);
    return new Centre(Quantised.of(sum), cohesion);
  }
}
