using System.Text.Json.Serialization;

namespace Atmosphere.Recognition.Storage;

/// <summary>Kinds of rights that are withdrawn or given back. A new kind needs no new format.</summary>
internal static class WithdrawalKind
{
    /// <summary>A participant opted out.</summary>
    public const string Stopped = "stopped";
    public const string Started = "started";

    /// <summary>A participant paused photos.</summary>
    public const string Paused = "paused";
    public const string Resumed = "resumed";

    /// <summary>A participant is no longer a guardian of a person and withdrew the consent.</summary>
    public const string GuardianGone = "guardian-gone";

    /// <summary>A member left a chat group; the address is a keyed hash.</summary>
    public const string MemberGone = "member-gone";

    /// <summary>A face was said not to be a person.</summary>
    public const string NotThisPerson = "not-this-person";

    /// <summary>A participant is no longer a teacher.</summary>
    public const string TeacherRevoked = "teacher-revoked";

    /// <summary>A station was disabled.</summary>
    public const string StationDisabled = "station-disabled";
    public const string StationEnabled = "station-enabled";

    /// <summary>A code was used or has expired; it is a keyed hash.</summary>
    public const string CodeSpent = "code-spent";

    /// <summary>A mail address gets no reports of a group any more; the id is that of the subscriber.</summary>
    public const string Unsubscribed = "unsubscribed";

    /// <summary>A guardian wants no picture of a person in reports any more.</summary>
    public const string ReportPictureEnded = "report-picture-ended";
    public const string ReportPictureGiven = "report-picture-given";

    /// <summary>The author of a photo deleted its message for everyone; the id is the photo's source id, a keyed hash.</summary>
    public const string PhotoWithdrawn = "photo-withdrawn";

    /// <summary>Groups the kinds that set the same state; of these the last line counts.</summary>
    public static string FamilyOf(string kind) => kind switch
    {
        Started => Stopped,
        Resumed => Paused,
        StationEnabled => StationDisabled,
        ReportPictureGiven => ReportPictureEnded,
        _ => kind,
    };
}

/// <summary>One line of the log: a right was withdrawn or given back.</summary>
/// <param name="At">When it was written, milliseconds since 1970-01-01 UTC.</param>
/// <param name="Kind">One of <see cref="WithdrawalKind"/>; unknown kinds are skipped.</param>
/// <param name="Line">Id of the line.</param>
/// <param name="Of">Random id, or keyed hash, of the holder of the right.</param>
/// <param name="From">Random id of the object of the right; null: everything.</param>
internal sealed record Withdrawal(
    long At, string Kind, string Line, string Of, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? From);
