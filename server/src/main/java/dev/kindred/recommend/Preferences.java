package dev.kindred.recommend;

/**
 * What a tenant has set about its lists.
 *
 * @param collaborative what users did counts so much where neither request nor model says
 * @param content what items are like counts so much then
 * @param coldStartMin from so many items on a history speaks for itself
 * @param trendingDays the window of trending where the request names none
 * @param halfLifeMicros after which an interaction counts half; 0 for never
 */
public record Preferences(
    double collaborative,
    double content,
    int coldStartMin,
    double trendingDays,
    double halfLifeMicros) {
  private static final double USUAL_COLLABORATIVE = 0.6;
  private static final double USUAL_CONTENT = 0.4;

  /** Whether nobody has set another mix than there is at first; what is learned counts then. */
  boolean isUsualMix() {
    return collaborative == USUAL_COLLABORATIVE && content == USUAL_CONTENT;
  }
}
