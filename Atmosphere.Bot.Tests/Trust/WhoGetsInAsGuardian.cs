using Atmosphere.Bot.Conversations.Invitations;
using Atmosphere.Bot.Tests.Channels.WhatsApp;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons.Requests;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Trust;

/// <content>Ways to become the guardian of a child.</content>
public sealed partial class WhoGetsIn
{
    /// <summary>The one whose number was invited is in; another who got hold of the code, or made one up, is not.</summary>
    private static async Task InvitationAsync()
    {
        await using var bot = await WhatsAppBot.StartAsync();
        var code = CodeTable.New();
        await bot.WriteAsync(session => bot.Get<CodeTable>().AddAsync(
            session, code, new Code(CodeKind.Invite, null, null, new InviteDetails("class", "q", "Noa", session.Key.HashOf(Friend)).Write()), TimeSpan.FromDays(1)));
        Assert.Contains("was made for another phone number", await SayAsync(bot, Stranger, code), StringComparison.Ordinal);
        Assert.Contains("I do not know this code", await SayAsync(bot, Stranger, "ABCD-EFGH"), StringComparison.Ordinal);
        Assert.Contains("Welcome!", await SayAsync(bot, Friend, code), StringComparison.Ordinal);
        Assert.Equal(["invitation"], await WaysAsync(bot, Friend));
        Assert.Empty(await WaysAsync(bot, Stranger));
    }

    /// <summary>A member of the group who consents becomes a guardian, once; who is in no group does not, though they have the code.</summary>
    private static async Task ShareCodeAsync()
    {
        await using var bot = await FamilyAsync();
        var told = await SayAsync(bot, WhatsAppBot.Mother, "share Maya");
        var code = CodePattern().Match(told).Value;
        Assert.NotEqual("", code);
        Assert.Contains("I do not know you", await SayAsync(bot, Stranger, code), StringComparison.Ordinal);
        Assert.Contains("Do you agree", await SayAsync(bot, Friend, code), StringComparison.Ordinal);
        Assert.Equal(1, await GuardiansAsync(bot));
        Assert.Contains("From now on you get the photos", await SayAsync(bot, Friend, "yes"), StringComparison.Ordinal);
        Assert.Equal(2, await GuardiansAsync(bot));
        Assert.Equal("sharecode", await bot.Server.QueryAsync<string>("SELECT way FROM guardians WHERE role = 'guardian'"));
    }

    /// <summary>The owner's yes lets in a member of the group; nobody's but the owner's counts, and for who is in no group it does nothing.</summary>
    private static async Task OwnersYesAsync()
    {
        await using var bot = await FamilyAsync();
        await SayAsync(bot, Friend, "help");
        await SayAsync(bot, Stranger, "help");
        var (ofFriend, ofStranger) = (await AskAsync(Friend), await AskAsync(Stranger));
        await SayAsync(bot, Friend, $"allow {ofFriend}");
        await SayAsync(bot, WhatsAppBot.Mother, $"allow {ofStranger}");
        Assert.Equal(1, await GuardiansAsync(bot));
        await SayAsync(bot, WhatsAppBot.Mother, $"allow {ofFriend}");
        await Eventually.TrueAsync(async () => await GuardiansAsync(bot) == 2, "the friend is a guardian");
        Assert.Equal("ownersyes", await bot.Server.QueryAsync<string>("SELECT way FROM guardians WHERE role = 'guardian'"));

        async Task<int> AskAsync(string number)
        {
            var id = $"guardian-maya-{number}";
            await bot.WriteAsync(async session =>
            {
                var (from, to) = ((await Participants.FindAsync(session, "whatsapp", number))!.Value, (await Participants.FindAsync(session, "whatsapp", WhatsAppBot.Mother))!.Value);
                var wish = new RequestWish("Maya", new Consent("1", "I agree.", "photos", DateTimeOffset.UnixEpoch)).Write();
                await RequestTable.AddAsync(session, id, RequestKind.Guardian, new PersonId("maya"), from, to, wish, null, TimeProvider.System.GetUtcNow());
            });
            return (int)await bot.Server.QueryAsync<long>("SELECT number FROM requests WHERE id = @id", new { id });
        }
    }

    private static Task<long> GuardiansAsync(WhatsAppBot bot) => bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM guardians WHERE person_id = 'maya'");

    /// <summary>Maya is registered by her mother, and a friend is in the class, too.</summary>
    private static async Task<WhatsAppBot> FamilyAsync()
    {
        var bot = await WhatsAppBot.StartAsync();
        await WhatsAppBot.JoinAsync(bot.Server, Friend);
        await SayAsync(bot, WhatsAppBot.Mother, "help");
        await bot.WriteAsync(session => session.ExecuteAsync(
            $"""
            INSERT INTO persons (id, group_id, name, state, created_at) VALUES ('maya', 'class', 'Maya', 'connected', 0);
            INSERT INTO guardians (person_id, participant_id, role, since) SELECT 'maya', id, 'owner', 0 FROM participants WHERE address = '{WhatsAppBot.Mother}';
            INSERT INTO consents (person_id, participant_id, version, text, given_at) SELECT 'maya', id, '1', 'I agree.', 0 FROM participants WHERE address = '{WhatsAppBot.Mother}';
            """));
        return bot;
    }
}
