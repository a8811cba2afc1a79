using System.Text.RegularExpressions;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Storage;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>Every erasure ends, whatever another one left.</summary>
public sealed partial class EveryErasureEnds
{
    /// <summary>Families with names that are the same or contain each other, who talk, look at their children, share, leave and remove, in any order; at the end everybody is forgotten.</summary>
    [Property(MaxTest = 6)]
    public Property Whatever_was_said_and_erased_in_whichever_order_every_erasure_ends_and_nothing_is_left() => Prop.ForAll(
        (from family in Gen.Choose(0, 2) from act in Gen.Choose(0, Family.Acts - 1) from child in Gen.Choose(0, 2) select (family, act, child))
            .ArrayOf(12).ToArbitrary(),
        acts => Task.Run(async () =>
        {
            await using var chats = await TrustChats.StartAsync();
            Family[] families = [await Family.OpenAsync(chats, "Zyq"), await Family.OpenAsync(chats, "Zyqma"), await Family.OpenAsync(chats, "Zyq")];
            foreach (var (family, act, child) in acts)
                await families[family].ActAsync(act, child, families[(family + 1) % families.Length]);
            foreach (var family in families)
                await family.LeaveAsync();

            await chats.ErasedAsync();
            Assert.Empty(ByteSearch.Texts(chats.Server.Data, families.SelectMany(family => family.Names)));
        }).GetAwaiter().GetResult());

    /// <summary>A parent with three children, who are registered without a face: what is looked at here is what was said.</summary>
    private sealed class Family(TrustChats chats, DirectLineChat chat, IReadOnlyList<string> names)
    {
        public const int Acts = 7;

        private readonly HashSet<string> _gone = [];
        private bool _left;

        public IReadOnlyList<string> Names => names;

        public static async Task<Family> OpenAsync(TrustChats chats, string name)
        {
            var chat = await chats.OpenAsync();
            string[] names = [$"{name}o", $"{name}ob", $"{name}obel"];
            await chats.Server.Services.GetRequiredService<Database>().WriteAsync(async session =>
            {
                foreach (var child in names)
                {
                    var id = Guid.NewGuid().ToString("N");
                    _ = await session.ExecuteAsync("INSERT INTO persons (id, group_id, name, state, created_at) VALUES (@id, 'class', @child, 'connected', 1)", new { id, child });
                    foreach (var sql in (string[])[
                        "INSERT INTO guardians (person_id, participant_id, role, since) SELECT @id, id, 'owner', 1 FROM participants WHERE address = @Conversation",
                        "INSERT INTO consents (person_id, participant_id, version, text, given_at) SELECT @id, id, '7', 'yes', 1 FROM participants WHERE address = @Conversation"])
                        _ = await session.ExecuteAsync(sql, new { id, chat.Conversation });
                }
            });
            return new Family(chats, chat, names);
        }

        public async Task ActAsync(int act, int child, Family other)
        {
            if (_left)
                return;
            switch (act)
            {
                case 0:
                    await SayAsync("my children");
                    break;
                case 1:
                    await SayAsync(names[child]);
                    break;
                case 2:
                    await SayAsync("add child", other.Names[child]);
                    break;
                case 3 when !_gone.Contains(names[child]) && !other._left:
                    await SayAsync("cancel", $"share {names[child]}");
                    await other.SayAsync("cancel", Code().Match(await LastAsync()).Value, "yes");
                    break;
                case 4:
                    await SayAsync("cancel", $"remove {names[child]}");
                    break;
                case 5 when _gone.Add(names[child]):
                    await SayAsync("cancel", $"remove {names[child]}", "yes");
                    break;
                case 6 when child == 0:
                    await LeaveAsync();
                    break;
            }
        }

        public async Task LeaveAsync()
        {
            if (_left)
                return;
            _left = true;
            await SayAsync("cancel", "forget me", "yes");
        }

        private async Task<string> LastAsync() => (await chats.Server.QueryAsync<string>(
            "SELECT body FROM direct_line_activities WHERE conversation_id = @Conversation ORDER BY position DESC LIMIT 1", new { chat.Conversation }))!;

        private async Task SayAsync(params string[] words)
        {
            foreach (var word in words)
            {
                await chat.SayAsync(Guid.NewGuid().ToString("N"), word, []);
                if (!_left)
                {
                    await Eventually.TrueAsync(
                        async () => await chats.Server.QueryAsync<long>(
                            "SELECT COUNT(*) FROM turns WHERE conversation_id = @chat AND handled_at IS NULL", new { chat = $"directline:{chat.Conversation}" }) == 0,
                        "it is answered");
                }
            }
        }
    }

    [GeneratedRegex("[A-Z0-9]{4}-[A-Z0-9]{4}")]
    private static partial Regex Code();
}
