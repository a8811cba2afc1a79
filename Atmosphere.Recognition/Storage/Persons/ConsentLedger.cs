using System.Security.Cryptography;
using System.Text;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>
/// The tables consent_ledger and consent_entries: proof of consents and withdrawals that outlives the erasure of the people.
/// </summary>
public static class ConsentLedger
{
    /// <summary>Entries whose consent was withdrawn long ago.</summary>
    internal static DueRows Due { get; } = new(
        "consent_ledger", "withdrawn_at <= @before AND NOT EXISTS (SELECT 1 FROM consent_entries e WHERE e.ledger_id = consent_ledger.id)");

    /// <summary>Links from people to entries whose consent was withdrawn long ago.</summary>
    internal static DueRows DueNames { get; } = new(
        "consent_entries", "ledger_id IN (SELECT l.id FROM consent_ledger l WHERE l.withdrawn_at <= @before)");

    /// <summary>Records a consent; it replaces an earlier one for the same purpose.</summary>
    internal static async Task GiveAsync(Session session, PersonId person, ParticipantId participant, Consent consent)
    {
        await WithdrawAsync(session, person, participant, consent.GivenAt, consent.Purpose);
        var row = new
        {
            id = Guid.NewGuid().ToString("N"),
            person,
            participant,
            consent.Purpose,
            consent.Version,
            consent.Said,
            hash = HashOf(consent.Text),
            at = consent.GivenAt.ToUnixTimeMilliseconds(),
        };
        _ = await session.ExecuteAsync(
            """
            INSERT INTO consent_ledger (id, purpose, version, text_hash, said, channel, given_at)
            SELECT @id, @Purpose, @Version, @hash, CAST(@Said AS TEXT), p.channel, @at FROM participants p WHERE p.id = @participant
            """,
            row);
        _ = await session.ExecuteAsync(
            "INSERT INTO consent_entries (ledger_id, person_id, participant_id) SELECT l.id, @person, @participant FROM consent_ledger l WHERE l.id = @id", row);
    }

    /// <summary>Records the end of a consent: it was withdrawn, or its person was removed.</summary>
    /// <param name="participant">Null: all consents for the person.</param>
    /// <param name="purpose">Null: consents for every purpose.</param>
    internal static Task WithdrawAsync(Session session, PersonId person, ParticipantId? participant, DateTimeOffset now, string? purpose = null) =>
        session.ExecuteAsync(
            $"""
            UPDATE consent_ledger SET withdrawn_at = @now WHERE {Rules.ConsentStands} AND (CAST(@purpose AS TEXT) IS NULL OR purpose = @purpose) AND id IN (
                SELECT e.ledger_id FROM consent_entries e WHERE e.person_id = @person AND (CAST(@participant AS TEXT) IS NULL OR e.participant_id = @participant))
            """,
            new { person, participant = participant?.Value, purpose, now = now.ToUnixTimeMilliseconds() });

    /// <summary>The latest entries, newest first.</summary>
    public static Task<IReadOnlyList<LedgerEntry>> ListAsync(Session session, int limit) =>
        session.QueryAsync<LedgerEntry>(
            "SELECT id, purpose, version, text_hash, said, channel, given_at, withdrawn_at FROM consent_ledger ORDER BY given_at DESC, id LIMIT @limit", new { limit });

    /// <summary>The hash of a consent text: hexadecimal SHA-256.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>A consent without the people. Times are milliseconds since 1970-01-01 UTC.</summary>
public sealed record LedgerEntry
{
    /// <summary>Random; included in the export of the guardian who consented.</summary>
    public string Id { get; init; } = "";

    public string Purpose { get; init; } = "";

    /// <summary>Version of the text.</summary>
    public string Version { get; init; } = "";

    /// <summary>Hexadecimal SHA-256 of the text as it was shown.</summary>
    public string TextHash { get; init; } = "";

    /// <summary>The answer, as it was typed or tapped; null: given before answers were kept.</summary>
    public string? Said { get; init; }

    /// <summary>The channel through which it was given.</summary>
    public string Channel { get; init; } = "";

    public long GivenAt { get; init; }

    public long? WithdrawnAt { get; init; }
}
