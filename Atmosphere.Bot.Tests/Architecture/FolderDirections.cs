using System.Reflection;
using System.Text.RegularExpressions;

namespace Atmosphere.Bot.Tests.Architecture;

/// <summary>A folder uses only folders that stand below it. What fails is quoted with its line.</summary>
public sealed partial class FolderDirections
{
    private static readonly string _root = typeof(FolderDirections).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "SolutionRoot").Value!;

    /// <summary>From top to bottom.</summary>
    private static readonly string[] _recognition =
        ["Flows", "Naming", "Questions", "Photos", "Outbound", "Faces", "Imaging", "Messaging", "Storage", "Messages", "Domain", "Settings"];

    private static readonly string[] _bot = ["Console", "Conversations", "Channels", "Texts", "Incoming", "Storage"];

    /// <summary>Messages name keys of media, and Storage/Media is where those are defined.</summary>
    private static readonly (string File, string Uses)[] _exceptions = [("Messages", "Atmosphere.Recognition.Storage.Media")];

    /// <summary>What Bot may see of Recognition: its ports, its messages and the front doors of its flows.</summary>
    private static readonly string[] _open =
    [
        "Atmosphere.Recognition",
        "Atmosphere.Recognition.Domain",
        "Atmosphere.Recognition.Faces",
        "Atmosphere.Recognition.Flows.",
        "Atmosphere.Recognition.Imaging",
        "Atmosphere.Recognition.Messages",
        "Atmosphere.Recognition.Messaging",
        "Atmosphere.Recognition.Messaging.Operations",
        "Atmosphere.Recognition.Outbound",
        "Atmosphere.Recognition.Questions",
        "Atmosphere.Recognition.Settings",
        "Atmosphere.Recognition.Storage",
        "Atmosphere.Recognition.Storage.Media",
    ];

    [Fact]
    public void Folders_of_Recognition_use_only_what_is_below_them() => Check("Atmosphere.Recognition", _recognition);

    [Fact]
    public void Folders_of_Bot_use_only_what_is_below_them() => Check("Atmosphere.Bot", _bot);

    [Fact]
    public void Flows_do_not_call_each_other() => None(
        from line in Lines("Atmosphere.Recognition")
        where line.Folder.Length > 1 && line.Folder[0] == "Flows"
            && line.Uses.StartsWith("Atmosphere.Recognition.Flows.", StringComparison.Ordinal)
            && line.Uses.Split('.')[3] != line.Folder[1]
        select line.Quote);

    [Fact]
    public void A_provider_is_named_only_inside_its_folder_and_where_all_is_composed() => None(
        from line in Lines("Atmosphere.Recognition")
        let uses = line.Uses.Split('.')
        where uses.Length > 3 && uses[2] is "Faces" or "Messaging" && uses[^1] is "Onnx" or "Rekognition" or "Embedded" or "RabbitMq"
            && line.Folder.Length > 0 && line.Folder[0] != uses[2]
        select line.Quote);

    [Fact]
    public void Bot_does_not_reach_into_the_insides_of_Recognition() => None(
        from line in Lines("Atmosphere.Bot")
        where line.Uses.StartsWith("Atmosphere.Recognition", StringComparison.Ordinal)
            && !_open.Any(open => open.EndsWith('.') ? line.Uses.StartsWith(open, StringComparison.Ordinal) : line.Uses == open)
            && line.Folder is not ["Console", ..]
        select line.Quote);

    [Fact]
    public void Recognition_does_not_know_Bot() => None(
        from line in Lines("Atmosphere.Recognition")
        where line.Uses.StartsWith("Atmosphere.Bot", StringComparison.Ordinal)
        select line.Quote);

    private static void Check(string project, string[] order) => None(
        from line in Lines(project)
        where line.Folder.Length > 0 && line.Uses.StartsWith(project + ".", StringComparison.Ordinal)
        let user = Array.IndexOf(order, line.Folder[0])
        let used = Array.IndexOf(order, line.Uses[(project.Length + 1)..].Split('.')[0])
        where (user < 0 || used < 0 || used < user) && !_exceptions.Contains((line.Folder[0], line.Uses))
        select line.Quote);

    private static void None(IEnumerable<string> offences)
    {
        var quotes = offences.ToList();
        Assert.True(quotes.Count == 0, string.Join(Environment.NewLine, quotes));
    }

    private static IEnumerable<(string[] Folder, string Uses, string Quote)> Lines(string project)
    {
        var root = Path.Combine(_root, project);
        return
            from file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(root, file)
            let parts = path.Split(Path.DirectorySeparatorChar)
            where parts[0] is not ("bin" or "obj")
            from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
            let found = UsingLine().Match(line.Text)
            where found.Success
            select (parts[..^1], found.Groups[1].Value, $"{project}/{path}:{line.Number}: {line.Text}");
    }

    [GeneratedRegex(@"^(?:global )?using (?:static )?(?:\w+ = )?(Atmosphere\.[\w.]+);")]
    private static partial Regex UsingLine();
}
