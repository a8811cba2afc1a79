using System.Text.Json.Nodes;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>Whom a text names is known, so that an erasure takes it out of everybody's chats; and every erasure ends, whatever another one left.</summary>
public sealed class TextsKnowWhomTheyName
{
    private const string Name = "Quetzalinda";

    [Fact]
    public async Task Removing_a_child_whose_name_begins_another_childs_name_leaves_the_other_one_and_both_get_a_receipt()
    {
        await using var chats = await TrustChats.StartAsync();
        var mother = await chats.OpenAsync();
        await chats.RegisterAsync(mother, "Ann", "noa-1.jpg");
        await chats.RegisterAsync(mother, "Anna", "mia.jpg");

        await chats.RemoveAsync(mother, "Ann");
        Assert.Contains("Anna is registered", await HistoryAsync(chats), StringComparison.Ordinal);

        await chats.RemoveAsync(mother, "Anna");
        await chats.ErasedAsync();
        Assert.DoesNotContain("Anna", await HistoryAsync(chats), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_leaves_the_chat_of_somebody_who_typed_a_share_code_and_declined()
    {
        await using var chats = await TrustChats.StartAsync();
        var (mother, other) = (await chats.OpenAsync(), await chats.OpenAsync());
        await chats.RegisterAsync(mother, Name, "noa-1.jpg");
        Assert.Contains(Name, await chats.SayAsync(other, await chats.ShareAsync(mother, Name)), StringComparison.Ordinal);
        Assert.Contains(Name, await chats.SayAsync(other, "no"), StringComparison.Ordinal);

        await chats.RemoveAsync(mother, Name);
        await chats.ErasedAsync();
        Assert.Empty(ByteSearch.Texts(chats.Server.Data, Name));
    }

    [Fact]
    public async Task A_name_leaves_the_chat_of_a_guardian_who_left_before()
    {
        await using var chats = await TrustChats.StartAsync();
        var (mother, father) = (await chats.OpenAsync(), await chats.OpenAsync());
        await SharedAsync(chats, mother, father);
        _ = await chats.SayAsync(father, "remove child");
        Assert.Contains("Your consent is deleted", await chats.SayAsync(father, "yes"), StringComparison.Ordinal);

        await chats.RemoveAsync(mother, Name);
        await chats.ErasedAsync();
        Assert.Empty(ByteSearch.Texts(chats.Server.Data, Name));
    }

    [Fact]
    public async Task A_shared_child_is_removed_and_the_second_guardian_is_forgotten_after_that()
    {
        await using var chats = await TrustChats.StartAsync();
        var (mother, father) = (await chats.OpenAsync(), await chats.OpenAsync());
        await SharedAsync(chats, mother, father);
        await chats.RemoveAsync(mother, Name);
        _ = await chats.SayAsync(father, "forget me");
        await father.SayAsync("the last one", "yes", []);

        await chats.ErasedAsync();
        Assert.Equal(1, await chats.Server.QueryAsync<long>("SELECT COUNT(*) FROM participants"));
        Assert.Empty(ByteSearch.Texts(chats.Server.Data, Name));
    }

    [Fact]
    public async Task A_notice_that_was_composed_before_an_erasure_and_comes_after_it_is_not_kept()
    {
        using var late = new LateNotices();
        await using var chats = await TrustChats.StartAsync(late.Hold);
        var (mother, father) = (await chats.OpenAsync(), await chats.OpenAsync());
        await chats.RegisterAsync(mother, Name, "noa-1.jpg");
        var code = await chats.ShareAsync(mother, Name);
        _ = await chats.SayAsync(father, code);
        late.Wanted = true;
        _ = await chats.SayAsync(father, "yes");
        await Eventually.TrueAsync(() => late.Held is not null, "the mother's notice is composed");
        Assert.Contains(Name, late.Held!.Values.Values);

        _ = await chats.SayAsync(mother, $"remove {Name}");
        await mother.SayAsync("the last one", "yes", []);
        await Eventually.TrueAsync(
            async () => await chats.Server.QueryAsync<string>("SELECT state FROM erasures") == "erased" && await chats.Server.QueryAsync<long>("SELECT COUNT(*) FROM persons") == 0,
            "the child is erased while the notice waits");
        late.Release();
        await chats.ErasedAsync();
        Assert.Empty(ByteSearch.Texts(chats.Server.Data, Name));
    }

    [Fact]
    public async Task An_erasure_that_is_incomplete_and_dead_letters_degrade_readiness()
    {
        await using var chats = await TrustChats.StartAsync();
        using var http = new HttpClient();
        Assert.Equal(("ready", ""), await ReadyAsync());

        var database = chats.Server.Services.GetRequiredService<Database>();
        await database.WriteAsync(session => session.ExecuteAsync("INSERT INTO erasures (id, kind, state, asked_at, error) VALUES ('e', 'person', 'incomplete', 0, 'It gave up.')"));
        await Eventually.TrueAsync(async () => (await ReadyAsync()) is ("degraded", var checks) && checks.Contains("1 erasures are incomplete", StringComparison.Ordinal), "the erasure is told of");

        await database.WriteAsync(session => session.ExecuteAsync(
            """
            DELETE FROM erasures;
            INSERT INTO dead_letters (id, queue, type, body, correlation_id, attempts, crashes, sent_at, died_at, reason, stack)
            VALUES ('d', 'persons', 'X', '{}', 'c', 1, 0, 0, 0, 'It failed.', '')
            """));
        await Eventually.TrueAsync(async () => (await ReadyAsync()) is ("degraded", var checks) && checks.Contains("1 messages were given up", StringComparison.Ordinal), "the dead letter is told of");

        async Task<(string Status, string Degraded)> ReadyAsync()
        {
            using var response = await http.GetAsync(new Uri(chats.Server.Address, "/healthz/ready"));
            Assert.Equal(200, (int)response.StatusCode);
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            return ($"{answer["status"]}", string.Join(' ', answer["checks"]!.AsObject().Select(check => check.Value!).Where(check => $"{check["state"]}" == "degraded").Select(check => $"{check["text"]}")));
        }
    }

    private static async Task SharedAsync(TrustChats chats, DirectLineChat mother, DirectLineChat father)
    {
        await chats.RegisterAsync(mother, Name, "noa-1.jpg");
        _ = await chats.SayAsync(father, await chats.ShareAsync(mother, Name));
        _ = await chats.SayAsync(father, "yes");
        _ = await mother.HearAsync();
        await chats.QuietAsync();
    }

    private static async Task<string> HistoryAsync(TrustChats chats) => string.Join('\n', await chats.Server.Services.GetRequiredService<Database>().ReadAsync(
        session => session.QueryAsync<string>("SELECT body FROM direct_line_activities ORDER BY position")));

    /// <summary>Keeps the next notice back between its composition and its storing.</summary>
    private sealed class LateNotices : IDisposable
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Wanted { get; set; }

        public ParentNotice? Held { get; private set; }

        public void Hold(IServiceCollection services) =>
            services.AddSingleton<IParents>(provider => new Parents(this, ActivatorUtilities.CreateInstance<Bot.Channels.Parents>(provider)));

        public void Release() => _released.TrySetResult();

        public void Dispose() => Release();

        private sealed class Parents(LateNotices late, IParents real) : IParents
        {
            public async Task<SendOutcome> SendAsync(ParentNotice notice, CancellationToken cancellation)
            {
                if (late.Wanted && late.Held is null && notice.Values.Values.Contains(Name))
                {
                    late.Held = notice;
                    await late._released.Task.WaitAsync(cancellation);
                }

                return await real.SendAsync(notice, cancellation);
            }
        }
    }
}
