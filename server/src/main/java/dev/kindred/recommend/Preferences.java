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
    double halfLifeMicros) {}
