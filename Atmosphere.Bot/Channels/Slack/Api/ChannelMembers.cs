using System.Collections.Concurrent;
using System.Text.Json;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Texts;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>Membership of the colleagues' channel, cached for five minutes.</summary>
internal sealed class ChannelMembers(SlackApi api, IOptions<SlackOptions> options, TimeProvider clock) : IDisposable
{
    private const string PageSize = "200";

    // 20,000 members; a colleagues' channel does not have more.
    private const int MostPages = 100;

    private static readonly TimeSpan _fresh = TimeSpan.FromMinutes(5);

    // A user who is not in the list may have just joined; but clicks of strangers must not cause one call each.
    private static readonly TimeSpan _freshRefusal = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, SlackMember> _known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _asking = new(1);
    private (HashSet<string> Users, DateTimeOffset At)? _list;
    private string? _team;

    /// <summary>The cached membership of a user; null: Slack must be asked.</summary>
    public SlackMember? Known(string user) =>
        _known.TryGetValue(user, out var member) && clock.GetUtcNow() - member.At < (member.IsMember ? _fresh : _freshRefusal) ? member : null;

    /// <summary>As <see cref="Known"/>, but asks Slack if necessary.</summary>
    /// <exception cref="Exception">As <see cref="SlackApi.CallAsync"/>.</exception>
    public async Task<SlackMember> AskAsync(string user, CancellationToken cancellation)
    {
        if (Known(user) is { } known)
            return known;

        await _asking.WaitAsync(cancellation);
        try
        {
            return Known(user) ?? await LookUpAsync(user, cancellation);
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private async Task<SlackMember> LookUpAsync(string user, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (_list is not { } list || now - list.At >= _fresh || (!list.Users.Contains(user) && now - list.At >= _freshRefusal))
            _list = list = (await ListAsync(cancellation), now);
        var (standing, language, number) = await AboutAsync(user, cancellation);
        if (standing == Standing.Member && !list.Users.Contains(user))
            standing = Standing.Outside;
        foreach (var old in _known.Where(entry => now - entry.Value.At >= _fresh).ToList())
            _ = _known.TryRemove(old);
        return _known[user] = new SlackMember(standing, language, now) { Number = number };
    }

    private async Task<HashSet<string>> ListAsync(CancellationToken cancellation)
    {
        var users = new HashSet<string>(StringComparer.Ordinal);
        var cursor = "";
        for (var page = 0; page < MostPages; page++)
        {
            var arguments = new Dictionary<string, string> { ["channel"] = options.Value.Channel!, ["limit"] = PageSize };
            if (cursor.Length > 0)
                arguments["cursor"] = cursor;
            var answer = await api.CallAsync("conversations.members", arguments, cancellation);
            foreach (var member in answer.ListOf("members").Where(member => member.ValueKind == JsonValueKind.String))
                users.Add(member.GetString()!);
            cursor = answer.Of("response_metadata")?.TextOf("next_cursor") ?? "";
            if (cursor.Length == 0)
                break;
        }

        return users;
    }

    private async Task<(Standing Standing, string Language, string? Number)> AboutAsync(string id, CancellationToken cancellation)
    {
        JsonElement user;
        try
        {
            user = (await api.CallAsync("users.info", new Dictionary<string, string> { ["user"] = id, ["include_locale"] = "true" }, cancellation)).Of("user") ?? default;
        }
        catch (SlackRefusesException refusal) when (refusal.Error is "user_not_found" or "user_not_visible")
        {
            return (Standing.Stranger, "en", null);
        }

        var language = user.TextOf("locale") ?? "en";
        if (user.IsTrue("is_bot") || user.IsTrue("deleted") || id == "USLACKBOT")
            return (Standing.Nobody, language, null);
        if (user.IsTrue("is_stranger") || !await IsOfOurTeamAsync(user, cancellation))
            return (Standing.Stranger, language, null);
        return (user.IsTrue("is_restricted") || user.IsTrue("is_ultra_restricted") ? Standing.Guest : Standing.Member, language, user.Of("profile")?.TextOf("phone") is { } phone ? PhoneNumber.Read(phone) : null);
    }

    /// <summary>In an organisation, users belong to one workspace and may be members of several.</summary>
    private async Task<bool> IsOfOurTeamAsync(JsonElement user, CancellationToken cancellation)
    {
        _team ??= options.Value.TeamId is { Length: > 0 } setting ? setting : (await api.CallAsync("auth.test", new Dictionary<string, string>(), cancellation)).TextOf("team_id");
        return user.TextOf("team_id") == _team
            || user.Of("enterprise_user")?.TextOf("enterprise_id") == _team
            || (user.Of("enterprise_user")?.ListOf("teams").Any(team => team.ValueKind == JsonValueKind.String && team.GetString() == _team) ?? false);
    }
}
