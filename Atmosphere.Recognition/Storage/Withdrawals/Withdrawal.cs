using System.Text.Json.Serialization;

namespace Atmosphere.Recognition.Storage;

/// <summary>What is lost, or given back so that the loss before it does not count any more. New kinds need no other format.</summary>
internal static class WithdrawalKind
{
    /// <summary>A participant wants nothing any more.</summary>
    public const string Stopped = "stopped";
    public const string Started = "started";

    /// <summary>A participant wants no photos for a while.</summary>
    public const string Paused = "paused";
    public const string Resumed = "resumed";

    /// <summary>A participant is no guardian of a person any more, and withdrew the consent.</summary>
    public const string GuardianGone = "guardian-gone";

    /// <summary>Somebody left a chat group; the address is a keyed hash.</summary>
    public const string MemberGone = "member-gone";

    /// <summary>A face is not a person.</summary>
    public const string NotThisPerson = "not-this-person";

    /// <summary>A participant is no teacher any more.</summary>
    public const string TeacherRevoked = "teacher-revoked";

    /// <summary>A station is not let in any more.</summary>
    public const string StationDisabled = "station-disabled";
    public const string StationEnabled = "station-enabled";

    /// <summary>A code was used or is over; it is a keyed hash.</summary>
    public const string CodeSpent = "code-spent";

    /// <summary>Those that say the same of the same thing: the last one counts.</summary>
    public static string FamilyOf(string kind) => kind switch
    {
        Started => Stopped,
        Resumed => Paused,
        StationEnabled => StationDisabled,
        _ => kind,
    };
}

/// <summary>One line of the log: a right that was withdrawn or given back.</summary>
/// <param name="At">When it was written, milliseconds since 1970-01-01 UTC.</param>
/// <param name="Kind">One of <see cref="WithdrawalKind"/>; others are skipped.</param>
/// <param name="Line">Id of the line.</param>
/// <param name="Of">Random id, or keyed hash, of who or what lost it.</param>
/// <param name="From">Random id of that for which it was lost; null: for everything.</param>
internal sealed record Withdrawal(
    long At, string Kind, string Line, string Of, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? From);
