using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>What a code lets its user do.</summary>
public enum CodeKind
{
    /// <summary>Become an approved teacher.</summary>
    Teacher,

    /// <summary>Link the chat group in which it is posted.</summary>
    Group,

    /// <summary>Become a guardian of a registered person.</summary>
    Share,

    /// <summary>Join a group and register a child whom a colleague saw there.</summary>
    Invite,
}

/// <param name="Kind">What it lets its user do.</param>
/// <param name="Participant">Who asked for it; null: an operator.</param>
/// <param name="Person">Whose guardian its user becomes; null for other kinds.</param>
/// <param name="Details">JSON: what the kind needs.</param>
public sealed record Code(CodeKind Kind, ParticipantId? Participant, PersonId? Person, string Details);

/// <param name="Code">What it is for.</param>
/// <param name="IsOpen">It can still be used.</param>
public sealed record KnownCode(Code Code, bool IsOpen);

/// <summary>Codes that somebody types once. Only their hashes are stored.</summary>
public sealed partial class CodeTable(TimeProvider clock)
{
    // No letters that are mistaken for digits or for each other.
    private const string Letters = "ABCDEFGHJKMNPQRTUVWXY346789";
    private const int Length = 8;
    private const string Sealed = "~code:";
    private const string End = "~";

    /// <returns>A code that is nowhere yet, such as ABCD-EFGH.</returns>
    public static string New() => RandomNumberGenerator.GetString(Letters, Length).Insert(Length / 2, "-");

    /// <returns>The code, such as ABCD-EFGH; it can be read here and nowhere else.</returns>
    public async Task<string> CreateAsync(Session session, Code code, TimeSpan lifetime)
    {
        var text = New();
        await AddAsync(session, text, code, lifetime);
        return text;
    }

    /// <summary>Stores a code that was made before.</summary>
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
                hash = HashOf(text),
                kind = NameOf(code.Kind),
                participant = code.Participant?.Value,
                person = code.Person?.Value,
                details = code.Details,
                now = now.ToUnixTimeMilliseconds(),
                end = (now + lifetime).ToUnixTimeMilliseconds(),
            });
    }

    /// <summary>A text that is kept although it may tell a code, such as a reply: each code is sealed.</summary>
    public static string Seal(DataKey key, string text) => Written().Replace(text, code => $"{Sealed}{key.Seal(code.Value)}{End}");

    /// <summary>The text that was sealed.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Open(DataKey key, string? text) =>
        text is null ? null : SealedCode().Replace(text, found => key.Open(found.Groups[1].Value) ?? found.Value);

    /// <summary>Whether a text could be a code at all: so that not every message is looked up.</summary>
    public static bool LooksLikeOne(string typed) => Simplify(typed).Length == Length && Simplify(typed).All(letter => Letters.Contains(letter, StringComparison.Ordinal));

    /// <summary>Uses a code up. Case, spaces and hyphens do not matter.</summary>
    /// <param name="usedBy">The participant or group that uses it; the same one again gets it again, within the code's lifetime.</param>
    /// <returns>Null where there is none of that kind, it has expired, or somebody else used it.</returns>
    public async Task<Code?> UseAsync(Session session, CodeKind kind, string typed, string usedBy)
    {
        var row = await session.QuerySingleOrDefaultAsync<Row>(
            """
            UPDATE codes SET used_at = COALESCE(used_at, @now), used_by = @usedBy
            WHERE hash = @hash AND kind = @kind AND (used_by = @usedBy OR used_by IS NULL) AND expires_at > @now
            RETURNING participant_id, person_id, details
            """,
            new { hash = HashOf(typed), kind = NameOf(kind), usedBy, now = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        if (row is null)
            return null;
        await WithdrawalTable.AddAsync(session, WithdrawalKind.CodeSpent, session.Key.HashOf(HashOf(typed)));
        return new Code(kind, row.ParticipantId, row.PersonId, row.Details);
    }

    /// <summary>What a code is, used or not.</summary>
    /// <returns>Null where there never was such a code, or it is long over.</returns>
    public async Task<KnownCode?> FindAsync(Session session, string typed)
    {
        var row = await session.QuerySingleOrDefaultAsync<Row>(
            "SELECT kind, participant_id, person_id, details, used_at, expires_at FROM codes WHERE hash = @hash", new { hash = HashOf(typed) });
        return row is null
            ? null
            : new KnownCode(
                new Code(Enum.Parse<CodeKind>(row.Kind, ignoreCase: true), row.ParticipantId, row.PersonId, row.Details),
                row.UsedAt is null && row.ExpiresAt > clock.GetUtcNow().ToUnixTimeMilliseconds());
    }

    /// <summary>What a text is a code for, whoever may use it still; null where there was never such a code.</summary>
    public static async Task<CodeKind?> KindOfAsync(Session session, string typed) =>
        LooksLikeOne(typed)
        && await session.QuerySingleOrDefaultAsync<string>("SELECT kind FROM codes WHERE hash = @hash", new { hash = HashOf(typed) }) is { } kind
            ? Enum.Parse<CodeKind>(kind, ignoreCase: true)
            : null;

    /// <summary>Looks at a code without using it up.</summary>
    /// <returns>Null where <see cref="UseAsync"/> would find none.</returns>
    public async Task<Code?> FindAsync(Session session, CodeKind kind, string typed, string usedBy)
    {
        var row = await session.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT participant_id, person_id, details FROM codes
            WHERE hash = @hash AND kind = @kind AND (used_by = @usedBy OR used_by IS NULL) AND expires_at > @now
            """,
            new { hash = HashOf(typed), kind = NameOf(kind), usedBy, now = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        return row is null ? null : new Code(kind, row.ParticipantId, row.PersonId, row.Details);
    }

    /// <summary>What somebody used up for a person is worth nothing any more, not even for them.</summary>
    public static async Task SpendAsync(Session session, CodeKind kind, PersonId person, string usedBy)
    {
        foreach (var hash in await session.QueryAsync<string>(
            "UPDATE codes SET used_by = 'spent' WHERE kind = @kind AND person_id = @person AND used_by = @usedBy RETURNING hash",
            new { kind = NameOf(kind), person = person.Value, usedBy }))
            await WithdrawalTable.AddAsync(session, WithdrawalKind.CodeSpent, session.Key.HashOf(hash));
    }

    /// <summary>A new code for a person is given: those that nobody used are worth nothing any more.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> SpendUnusedAsync(Session session, CodeKind kind, PersonId person)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var spent = await session.QueryAsync<string>(
            "UPDATE codes SET used_by = 'spent', used_at = @now WHERE kind = @kind AND person_id = @person AND used_by IS NULL AND expires_at > @now RETURNING hash",
            new { kind = NameOf(kind), person = person.Value, now });
        foreach (var hash in spent)
            await WithdrawalTable.AddAsync(session, WithdrawalKind.CodeSpent, session.Key.HashOf(hash));
        return spent.Count;
    }

    /// <summary>Codes that were there at a time and nobody used.</summary>
    internal static Task<IReadOnlyList<string>> UnusedAsync(Session session, long at) =>
        session.QueryAsync<string>("SELECT hash FROM codes WHERE used_at IS NULL AND created_at <= @at", new { at });

    /// <summary>A code is worth nothing any more, whoever used it.</summary>
    internal static async Task<bool> SpendAsync(Session session, string hash, long at) =>
        await session.ExecuteAsync("UPDATE codes SET used_by = 'spent', used_at = @at WHERE hash = @hash AND used_at IS NULL", new { hash, at }) > 0;

    /// <summary>Whether somebody typed a code for a person that is neither over nor spent.</summary>
    public async Task<bool> IsHeldAsync(Session session, CodeKind kind, PersonId person, string usedBy) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM codes WHERE kind = @kind AND person_id = @person AND used_by = @usedBy AND expires_at > @now",
            new { kind = NameOf(kind), person = person.Value, usedBy, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }) > 0;

    /// <summary>What stands for a code where it is kept; case, spaces and hyphens do not matter.</summary>
    public static string HashOf(string typed) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Simplify(typed))));

    [GeneratedRegex($"[{Letters}]{{4}}-[{Letters}]{{4}}")]
    private static partial Regex Written();

    [GeneratedRegex($"{Sealed}([A-Za-z0-9_-]+){End}")]
    private static partial Regex SealedCode();

    private static string NameOf(CodeKind kind) => kind.ToString().ToLowerInvariant();

    private static string Simplify(string typed) =>
        new([.. typed.Where(letter => !char.IsWhiteSpace(letter) && letter != '-').Select(char.ToUpperInvariant)]);

    /// <summary>A group is gone: so are the codes that it used, or that are for it.</summary>
    /// <returns>How many there were.</returns>
    internal static Task<int> ForgetAsync(Session session, GroupId group) =>
        session.ExecuteAsync("DELETE FROM codes WHERE used_by = @group OR details LIKE @mention", new { group, mention = $"%\"{group}\"%" });

    /// <summary>The codes of invitations go with who invited, or whom they are for.</summary>
    /// <returns>How many there were.</returns>
    internal static Task<int> ForgetInvitedAsync(Session session, string? voter, PersonId? person) =>
        session.ExecuteAsync(
            "DELETE FROM codes WHERE hash IN (SELECT code_hash FROM invitations WHERE voter = @voter OR person_id = @person)", new { voter, person = person?.Value });

    /// <summary>Codes that were used, or that nobody can use any more.</summary>
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

    /// <summary>Codes that somebody asked for and nobody used are gone.</summary>
    internal static Task WithdrawUnusedAsync(Session session, CodeKind kind, ParticipantId participant) =>
        session.ExecuteAsync(
            "DELETE FROM codes WHERE participant_id = @participant AND kind = @kind AND used_at IS NULL", new { participant, kind = NameOf(kind) });
}
