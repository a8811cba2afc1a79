using System.Text.Json;
using Atmosphere.Bot.Console;
using Atmosphere.Bot.Tests.Console;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows.Tagging;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Tagging.Voting;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Naming;
using Vectors = Atmosphere.Bot.Tests.Contracts.Faces;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>For every way by which a face comes to be learned: a face that is not clearly the person's is not learned by it.</summary>
public sealed class EachWayToLearn
{
    private static readonly Dictionary<WayToLearn, Func<Task>> _rows = new()
    {
        [WayToLearn.Registration] = RegistrationAsync,
        [WayToLearn.AddedPhotos] = () => AddedAsync(second: false),
        [WayToLearn.SecondGuardian] = () => AddedAsync(second: true),
        [WayToLearn.Tag] = TagAsync,
        [WayToLearn.ForwardedPhoto] = ForwardedPhotoAsync,
        [WayToLearn.Merge] = MergeAsync,
        [WayToLearn.HeldFace] = HeldFaceAsync,
        [WayToLearn.NightlyTraining] = NightlyTrainingAsync,
    };

    public static TheoryData<string> Ways => [.. Enum.GetNames<WayToLearn>()];

    [Theory]
    [MemberData(nameof(Ways))]
    public Task A_face_that_is_not_clearly_the_persons_waits_for_somebody_who_knows_them(string way)
    {
        Assert.True(_rows.TryGetValue(Enum.Parse<WayToLearn>(way), out var row), $"Nothing says what is learned by {way}: give it a row.");
        return row!();
    }

    /// <summary>Two children in one registration.</summary>
    private static async Task RegistrationAsync()
    {
        await using var server = await BotServer.StartAsync();
        await using var parent = await ParentChat.OpenAsync(server);
        await parent.RegisterAsync("Noa", "noa-1.jpg", "mia.jpg");
        await parent.HearAsync("is registered");
        await HeldAsync(server);
    }

    private static async Task AddedAsync(bool second)
    {
        await using var server = await BotServer.StartAsync();
        await using var parent = await ParentChat.OpenAsync(server);
        await using var other = await ParentChat.OpenAsync(server);
        await parent.RegisterAsync("Noa", "noa-1.jpg");
        await parent.HearAsync("is registered");
        if (second)
        {
            await other.SayAsync((await parent.AskAsync("share Noa", "too: ")).Text.Split(["too: ", "\n"], StringSplitOptions.None)[1].Trim());
            await other.AskAsync("yes", "From now on you get the photos of Noa");
        }

        await AddAsync(second ? other : parent);
        await HeldAsync(server);
    }

    /// <summary>Two colleagues name a face in a group photo.</summary>
    private static async Task TagAsync()
    {
        await using var host = await HostAsync();
        var (maya, question) = (await PersonAsync(host), await host.AskAboutAsync(Vectors.Of("somebody")));
        await VoteAsync(host, question, maya);
        await HeldAsync(host);
    }

    /// <summary>A guardian says that a face in a group photo is their child, and a colleague agrees.</summary>
    private static async Task ForwardedPhotoAsync()
    {
        await using var host = await HostAsync();
        var maya = await PersonAsync(host);
        var seen = await host.SeeAsync(Vectors.Of("somebody"), candidate: maya, verdict: "uncertain");
        Assert.True(await host.Recognition.Database.WriteAsync(session => host.Recognition.Get<IForwardedPhotos>().VoteAsync(
            session, new ParticipantId("guardian of Maya"), maya, new ForwardedPhoto(ForwardedOutcome.Found, seen.Photo, seen.Face))));
        await host.Recognition.RunQueuedAsync();
        var question = new QuestionId((await host.TextAsync("SELECT id FROM questions WHERE kind = 'check'"))!);
        await VoteAsync(host, question, maya);
        await HeldAsync(host);
    }

    /// <summary>Faces in two photos are taken for one person, of whom colleagues see one.</summary>
    private static async Task MergeAsync()
    {
        await using var host = await HostAsync();
        var maya = await PersonAsync(host);
        var question = await host.AskAboutAsync(Vectors.Of("somebody"));
        await host.AskAsync(await host.SeeAsync(Vectors.Of("somebody")));
        Assert.Equal((2, 1), (await host.CountAsync("cluster_faces"), await host.CountAsync("questions")));
        await VoteAsync(host, question, maya);
        await HeldAsync(host);
    }

    /// <summary>An operator says that it is another person's.</summary>
    private static async Task HeldFaceAsync()
    {
        await using var server = await BotServer.StartAsync();
        await using var parent = await ParentChat.OpenAsync(server);
        await parent.RegisterAsync("Noa", "noa-1.jpg");
        await parent.HearAsync("is registered");
        await AddAsync(parent);
        using var list = JsonDocument.Parse((await VerbAsync(server, "requests", "list", "--json")).Trim());
        var number = $"{list.RootElement[0].GetProperty("number")}";
        await HeldAsync(server);
        await VerbAsync(server, "requests", "decide", number, "other");
        await parent.HearAsync("could not learn Noa better");
        Assert.Equal(1, await server.QueryAsync<long>("SELECT COUNT(*) FROM collection_faces WHERE user_id IS NOT NULL"));
    }

    /// <summary>The night keeps what was learned, and learns nothing that waits.</summary>
    private static async Task NightlyTrainingAsync()
    {
        await using var host = await HostAsync();
        var (maya, right) = (await PersonAsync(host), await host.AskAboutAsync(Vectors.Of("Maya")));
        await VoteAsync(host, right, maya);
        var learned = await host.CountAsync("collection_faces WHERE user_id IS NOT NULL");
        var question = await host.AskAboutAsync(Vectors.Of("somebody"));
        await VoteAsync(host, question, maya);
        await host.Recognition.RunAsync(new StartTraining(CollectionGroup));
        await host.Recognition.RunQueuedAsync();
        Assert.Equal((learned, 1), (await host.CountAsync("collection_faces WHERE user_id IS NOT NULL"), await host.CountAsync("held_faces WHERE state = 'waiting'")));
    }

    private static GroupId CollectionGroup => new("class");

    /// <summary>Of a group in which a teacher confirms; nothing is too unlike for colleagues to name.</summary>
    private static async Task<TaggingHost> HostAsync()
    {
        var host = await TaggingHost.StartAsync();
        await host.Recognition.ExecuteAsync("UPDATE groups SET confirms = 1");
        return host;
    }

    private static async Task<PersonId> PersonAsync(TaggingHost host)
    {
        var maya = await host.PersonAsync("Maya");
        await host.Recognition.ExecuteAsync("UPDATE persons SET confirmed_at = 1");
        return maya;
    }

    private static async Task VoteAsync(TaggingHost host, QuestionId question, PersonId person)
    {
        await host.VoteAsync(question, "slack:U1", TagAnswer.Person, person);
        await host.VoteAsync(question, "slack:U2", TagAnswer.Person, person);
    }

    private static async Task AddAsync(ParentChat guardian)
    {
        await guardian.SayAsync("add photos", "mia.jpg");
        await guardian.HearAsync("Is it really Noa?");
        await guardian.SayAsync("yes");
        await guardian.SayAsync("done");
        await guardian.HearAsync("first ask somebody who knows the group");
    }

    private static Task HeldAsync(BotServer server) => Eventually.TrueAsync(
        async () => (await server.QueryAsync<long>("SELECT COUNT(*) FROM collection_faces WHERE user_id IS NOT NULL"), await server.QueryAsync<long>("SELECT COUNT(*) FROM held_faces WHERE state = 'waiting'")) == (1, 1),
        "the registered face is learned, and the other one waits");

    private static async Task HeldAsync(TaggingHost host) =>
        Assert.Equal((1, 1), (await host.CountAsync("collection_faces"), await host.CountAsync("held_faces WHERE state = 'waiting'")));

    private static async Task<string> VerbAsync(BotServer server, params string[] arguments)
    {
        var (code, printed, error) = await CommandLineRun.OfAsync([.. arguments, "--data", server.Data]);
        Assert.True(code == ExitCode.Success, printed + error);
        return printed;
    }
}
