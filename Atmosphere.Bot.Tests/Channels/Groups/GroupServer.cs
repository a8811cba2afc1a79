using Atmosphere.Bot.Channels.WhatsApp.Groups;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Channels.Groups;

/// <summary>The real bot whose parents and teachers are the test's, and what a test does with groups.</summary>
internal sealed class GroupServer : IAsyncDisposable
{
    public const string Class = "120363000000000001@g.us";
    public const string Other = "120363000000000002@g.us";

    private GroupServer(BotServer server, RecordingParents parents) => (Bot, Parents) = (server, parents);

    public BotServer Bot { get; }

    public RecordingParents Parents { get; }

    public Database Database => Bot.Services.GetRequiredService<Database>();

    /// <summary>Seconds since 1970, now.</summary>
    public static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    public static async Task<GroupServer> StartAsync((string, string)[] settings, Action<IServiceCollection>? replace = null)
    {
        var parents = new RecordingParents();
        var bot = await BotServer.StartAsync(
            services =>
            {
                services.AddSingleton<IParents>(parents);
                replace?.Invoke(services);
            },
            settings);
        return new GroupServer(bot, parents);
    }

    /// <summary>Somebody who has written to the bot.</summary>
    public Task<ParticipantId> ParticipantAsync(string number, bool teacher = false) => Database.WriteAsync(async session =>
    {
        var id = await Bot.Services.GetRequiredService<Participants>().EnsureAsync(session, "whatsapp", number, "{}", null);
        if (teacher)
            await Teachers.ApproveAsync(session, id, TimeProvider.System.GetUtcNow());
        return id;
    });

    /// <summary>A code as a teacher gets it in a private chat.</summary>
    public Task<string> CodeAsync(ParticipantId teacher, string name = "Blue class", string language = "en") => Database.WriteAsync(session =>
        Bot.Services.GetRequiredService<CodeTable>().CreateAsync(
            session, new Code(CodeKind.Group, teacher, null, new GroupCode(name, language).Write()), TimeSpan.FromHours(24)));

    /// <summary>The living group of a chat; waits until it is linked.</summary>
    public async Task<GroupId> LinkedAsync(string channel, string chat)
    {
        ChatGroup? group = null;
        await Eventually.TrueAsync(
            async () => (group = await Database.ReadAsync(session => ChatGroups.FindAsync(session, channel, chat))) is not null, $"{chat} is linked");
        return group!.Id;
    }

    /// <summary>Waits until everything that was told is handled.</summary>
    public Task HandledAsync() => Eventually.TrueAsync(
        async () => await CountAsync("webhook_events WHERE handled_at IS NULL") == 0
            && await CountAsync("messages WHERE queue LIKE 'whatsapp-group%' AND due_at <= sent_at") == 0,
        "everything is handled");

    public async Task<long> CountAsync(string rows) => await Bot.QueryAsync<long>($"SELECT COUNT(*) FROM {rows}");

    public async Task<bool> IsMemberAsync(GroupId group, string number) =>
        await Bot.QueryAsync<long>(
            "SELECT COUNT(*) FROM group_members WHERE group_id = @group AND address_hash = @hash", new { group, hash = Database.Key.HashOf(number) }) > 0;

    public Task<long> NotificationsAsync(string kind) => CountAsync($"notifications WHERE kind = '{kind}'");

    public ValueTask DisposeAsync() => Bot.DisposeAsync();
}
