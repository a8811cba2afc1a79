using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The purpose of a code.</summary>
public enum CodeKind
{
    /// <summary>Approves its user as a teacher.</summary>
    Teacher,

    /// <summary>Links the chat group in which it is posted.</summary>
    Group,

    /// <summary>Makes its user a guardian of a registered person.</summary>
    Share,

    /// <summary>Lets its user join a group and register a child whom a colleague saw there.</summary>
    Invite,
}

/// <param name="Kind">Its purpose.</param>
/// <param name="Participant">The participant who asked for it; null: an operator.</param>
/// <param name="Person">The person whose guardian its user becomes; null for other kinds.</param>
/// <param name="Details">JSON: data of the kind.</param>
public sealed record Code(CodeKind Kind, ParticipantId? Participant, PersonId? Person, string Details);

/// <param name="Code">The code's data.</param>
/// <param name="IsOpen">True if it can still be used.</param>
public sealed record KnownCode(Code Code, bool IsOpen);

/// <summary>One-time codes that people type. Only their keyed hashes are stored: a code is short enough to be guessed from a plain hash.</summary>
public sealed partial class CodeTable(TimeProvider clock)
{
    // No characters that are easily confused with digits or with each other.
    private const string Letters = "ABCDEFGHJKMNPQRTUVWXY346789";
    private const int Length = 8;
    private const string Sealed = "~code:";
    private const string End = "~";

    /// <returns>A new code, such as ABCD-EFGH; it is not stored.</returns>
    public static string New() => RandomNumberGenerator.GetString(Letters, Length).Insert(Length / 2, "-");

    /// <returns>The code, such as ABCD-EFGH. It cannot be read again later.</returns>
    public async Task<string> CreateAsync(Session session, Code code, TimeSpan lifetime)
    {
        var text = New();
        await AddAsync(session, text, code, lifetime);
        return text;
    }

    /// <summary>Stores a code that was created before.</summary>
    public async Task AddAsync(Session session, string text, Code code, TimeSpan lifetime)
    {
        var now = clock.GetUtcNow();
        await session.ExecuteAsync(
            """
            INSERT INTO codes (hash, kind, participant_id, person_id, details, created_at, expires_at)
            VALUES (@hash, @kind, @participant, @person, @details, @now, @end)
            """,
            new
            {
                hash = HashOf(session.Key, text),
                kind = NameOf(code.Kind),
                participant = code.Participant?.Value,
                person = code.Person?.Value,
                details = code.Details,
                now = now.ToUnixTimeMilliseconds(),
                end = (now + lifetime).ToUnixTimeMilliseconds(),
            });
    }

    /// <summary>Encrypts each code within a text that is stored, such as a reply.</summary>
    public static string Seal(DataKey key, string text) => Written().Replace(text, code => $"{Sealed}{key.Seal(code.Value)}{End}");

    /// <summary>Decrypts the codes within a text.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Open(DataKey key, string? text) =>
        text is null ? null : SealedCode().Replace(text, found => key.Open(found.Groups[1].Value) ?? found.Value);

    /// <summary>Whether a text has the form of a code, so that not every message needs a lookup.</summary>
    public static bool LooksLikeOne(string typed) => Simplify(typed).Length == Length && Simplify(typed).All(letter => Letters.Contains(letter, StringComparison.Ordinal));

    /// <summary>Redeems a code. Case, spaces and hyphens are ignored.</summary>
    /// <param name="usedBy">The participant or group that uses it; the same one may use it again within the code's lifetime.</param>
    /// <returns>Null if there is no such code of that kind, it has expired, or it was used by another.</returns>
    public async Task<Code?> UseAsync(Session session, CodeKind kind, string typed, string usedBy)
    {
        var row = await session.QuerySingleOrDefaultAsync<Row>(
            """
            UPDATE codes SET used_at = COALESCE(used_at, @now), used_by = @usedBy
            WHERE hash = @hash AND kind = @kind AND (used_by = @usedBy OR used_by IS NULL) AND expires_at > @now
            RETURNING participant_id, person_id, details
            """,
            new { hash = HashOf(session.Key, typed), kind = NameOf(kind), usedBy, now = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        if (row is null)
            return null;
        await WithdrawalTable.AddAsync(session, WithdrawalKind.CodeSpent, HashOf(session.Key, typed));
        return new Code(kind, row.ParticipantId, row.PersonId, row.Details);
    }

    /// <summary>Looks up a code, used or not.</summary>
    /// <returns>Null if there never was such a code, or it was deleted.</returns>
    public async Task<KnownCode?> FindAsync(Session session, string typed)
    {
        var row = await session.QuerySingleOrDefaultAsync<Row>(
            "SELECT kind, participant_id, person_id, details, used_at, expires_at FROM codes WHERE hash = @hash", new { hash = HashOf(session.Key, typed) });
        return row is null
            ? null
            : new KnownCode(
                new Code(Enum.Parse<CodeKind>(row.Kind, ignoreCase: true), row.ParticipantId, row.PersonId, row.Details),
                row.UsedAt is null && row.ExpiresAt > clock.GetUtcNow().ToUnixTimeMilliseconds());
    }

    /// <summary>The kind of a code, even if it can no longer be used; null if there is no such code.</summary>
    public static async Task<CodeKind?> KindOfAsync(Session session, string typed) =>
        LooksLikeOne(typed)
        && await session.QuerySingleOrDefaultAsync<string>("SELECT kind FROM codes WHERE hash = @hash", new { hash = HashOf(session.Key, typed) }) is { } kind
            ? Enum.Parse<CodeKind>(kind, ignoreCase: true)
            : null;

    /// <summary>Looks up a code without redeeming it.</summary>
    /// <returns>Null if <see cref="UseAsync"/> would find none.</returns>
    public async Task<Code?> FindAsync(Session session, CodeKind kind, string typed, string usedBy)
    {
        var row = await session.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT participant_id, person_id, details FROM codes
            WHERE hash = @hash AND kind = @kind AND (used_by = @usedBy OR used_by IS NULL) AND expires_at > @now
            """,
            new { hash = HashOf(session.Key, typed), kind = NameOf(kind), usedBy, now = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        return row is null ? null : new Code(kind, row.ParticipantId, row.PersonId, row.Details);
    }

    /// <summary>Invalidates the codes that a user redeemed for a person, even for the same user.</summary>
    public static async Task SpendAsync(Session session, CodeKind kind, PersonId person, string usedBy)
    {
        foreach (var hash in await session.QueryAsync<string>(
            "UPDATE codes SET used_by = 'spent' WHERE kind = @kind AND person_id = @person AND used_by = @usedBy RETURNING hash",
            new { kind = NameOf(kind), person = person.Value, usedBy }))
            await WithdrawalTable.AddAsync(session, WithdrawalKind.CodeSpent, hash);
    }

    /// <summary>Invalidates the unused codes for a person before a new one is issued.</summary>
    /// <returns>The number of invalidated codes.</returns>
    public async Task<int> SpendUnusedAsync(Session session, CodeKind kind, PersonId person)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var spent = await session.QueryAsync<string>(
            "UPDATE codes SET used_by = 'spent', used_at = @now WHERE kind = @kind AND person_id = @person AND used_by IS NULL AND expires_at > @now RETURNING hash",
            new { kind = NameOf(kind), person = person.Value, now });
        foreach (var hash in spent)
            await WithdrawalTable.AddAsync(session, WithdrawalKind.CodeSpent, hash);
        return spent.Count;
    }

    /// <summary>The unused codes that existed at a time.</summary>
    internal static Task<IReadOnlyList<string>> UnusedAsync(Session session, long at) =>
        session.QueryAsync<string>("SELECT hash FROM codes WHERE used_at IS NULL AND created_at <= @at", new { at });

    /// <summary>Invalidates an unused code.</summary>
    internal static async Task<bool> SpendAsync(Session session, string hash, long at) =>
        await session.ExecuteAsync("UPDATE codes SET used_by = 'spent', used_at = @at WHERE hash = @hash AND used_at IS NULL", new { hash, at }) > 0;

    /// <summary>Whether a user has redeemed a code for a person that is still valid.</summary>
    public async Task<bool> IsHeldAsync(Session session, CodeKind kind, PersonId person, string usedBy) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM codes WHERE kind = @kind AND person_id = @person AND used_by = @usedBy AND expires_at > @now",
            new { kind = NameOf(kind), person = person.Value, usedBy, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }) > 0;

    /// <summary>The keyed hash of a code; case, spaces and hyphens are ignored.</summary>
    public static string HashOf(DataKey key, string typed) => key.HashOf($"code:{Simplify(typed)}");

    [GeneratedRegex($"[{Letters}]{{4}}-[{Letters}]{{4}}")]
    private static partial Regex Written();

    [GeneratedRegex($"{Sealed}([A-Za-z0-9_-]+){End}")]
    private static partial Regex SealedCode();

    private static string NameOf(CodeKind kind) => kind.ToString().ToLowerInvariant();

    private static string Simplify(string typed) =>
        new([.. typed.Where(letter => !char.IsWhiteSpace(letter) && letter != '-').Select(char.ToUpperInvariant)]);

    /// <summary>Deletes the codes that a group used or that are for it.</summary>
    /// <returns>The number of deleted codes.</returns>
    internal static Task<int> ForgetAsync(Session session, GroupId group) =>
        session.ExecuteAsync("DELETE FROM codes WHERE used_by = @group OR details LIKE @mention", new { group, mention = $"%\"{group}\"%" });

    /// <summary>Deletes the invitation codes of an inviting voter, or for a person.</summary>
    /// <returns>The number of deleted codes.</returns>
    internal static Task<int> ForgetInvitedAsync(Session session, string? voter, PersonId? person) =>
        session.ExecuteAsync(
            "DELETE FROM codes WHERE hash IN (SELECT code_hash FROM invitations WHERE voter = @voter OR person_id = @person)", new { voter, person = person?.Value });

    /// <summary>Used and expired codes.</summary>
    internal static DueRows Due { get; } = new("codes", "expires_at <= @before OR used_at <= @before");

    private sealed record Row
    {
        public string Kind { get; init; } = "";

        public long? UsedAt { get; init; }

        public long ExpiresAt { get; init; }

        public ParticipantId? ParticipantId { get; init; }

        public PersonId? PersonId { get; init; }

        public string Details { get; init; } = "";
    }

    /// <summary>Deletes the unused codes that a participant asked for.</summary>
    internal static Task WithdrawUnusedAsync(Session session, CodeKind kind, ParticipantId participant) =>
        session.ExecuteAsync(
            "DELETE FROM codes WHERE participant_id = @participant AND kind = @kind AND used_at IS NULL", new { participant, kind = NameOf(kind) });
}
