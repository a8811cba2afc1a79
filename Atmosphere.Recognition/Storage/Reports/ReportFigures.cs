using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The figures of a report: numbers only, so that they may be kept and sent without naming anybody.</summary>
/// <param name="Photos">Photos posted to the group.</param>
/// <param name="Faces">Faces found in them.</param>
/// <param name="Children">Registered children of the group, whose guardians consent.</param>
/// <param name="ChildrenSeen">Of these, those named in at least one photo.</param>
/// <param name="Deliveries">Photos sent to guardians.</param>
/// <param name="Asked">Questions that colleagues were asked.</param>
/// <param name="Answered">Questions that colleagues decided.</param>
/// <param name="Helpers">Colleagues who voted.</param>
/// <param name="Waiting">What waited when the report was generated.</param>
/// <param name="Days">Each day of the period, in order.</param>
/// <param name="Before">The same number of days before the period.</param>
public sealed record ReportFigures(
    int Photos, int Faces, int Children, int ChildrenSeen, DeliveryFigures Deliveries, int Asked, int Answered, int Helpers, WaitingFigures Waiting,
    IReadOnlyList<DayFigures> Days, PastFigures Before);

/// <param name="Accepted">Accepted by the channel.</param>
/// <param name="Arrived">Of these, with a receipt that it arrived or was opened.</param>
/// <param name="Opened">Of these, with a receipt that it was opened.</param>
/// <param name="Failed">Refused by the channel, or of unknown outcome.</param>
public sealed record DeliveryFigures(int Accepted, int Arrived, int Opened, int Failed);

/// <param name="Questions">Open questions to colleagues.</param>
/// <param name="Registrations">Registrations that a teacher has not confirmed yet.</param>
/// <param name="Deliveries">Photos that wait to be sent.</param>
public sealed record WaitingFigures(int Questions, int Registrations, int Deliveries);

/// <param name="Day">In the group's time zone.</param>
public sealed record DayFigures(DateOnly Day, int Photos, int Faces);

/// <param name="Accepted">Photos sent to guardians.</param>
public sealed record PastFigures(int Photos, int Faces, int ChildrenSeen, int Accepted, int Answered);

/// <summary>A span of time, from its start to before its end.</summary>
public readonly record struct Span(DateTimeOffset From, DateTimeOffset To)
{
    internal long Start => From.ToUnixTimeMilliseconds();

    internal long End => To.ToUnixTimeMilliseconds();
}

/// <summary>A stored report.</summary>
/// <param name="FirstDay">In the group's time zone.</param>
/// <param name="EndDay">The day after the last one.</param>
public sealed record Report(
    ReportId Id, GroupId Group, string GroupName, string TimeZone, ReportPeriod Kind, bool IsSkipped, DateOnly FirstDay, DateOnly EndDay, ReportFigures Figures,
    DateTimeOffset CreatedAt)
{
    /// <summary>The last day of the period.</summary>
    public DateOnly LastDay => EndDay.AddDays(-1);
}
