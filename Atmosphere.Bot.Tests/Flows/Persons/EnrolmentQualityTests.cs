using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Flows.Persons.Enrolment;

namespace Atmosphere.Bot.Tests.Flows.Persons;

public sealed class EnrolmentQualityTests
{
    [Theory]
    [InlineData(200, 300, 0.1, 0.01, 0.1, null)]
    [InlineData(40, 50, 0.7, 0.05, 0.2, null)]
    [InlineData(39, 300, 0.1, 0.01, 0.1, FaceProblem.TooSmall)]
    [InlineData(200, 49, 0.1, 0.01, 0.1, FaceProblem.Blurred)]
    [InlineData(200, 300, 0.71, 0.01, 0.1, FaceProblem.TurnedAway)]
    [InlineData(200, 300, 0.1, 0.051, 0.1, FaceProblem.TurnedAway)]
    [InlineData(200, 300, 0.1, 0.01, 0.21, FaceProblem.TurnedAway)]
    [InlineData(20, 20, 0.9, 0.09, 0.3, FaceProblem.TooSmall)]
    public void A_face_that_cannot_be_learned_has_one_reason(float height, float sharpness, float yaw, float residual, float mirror, FaceProblem? problem)
    {
        var face = new DetectedFace(new Box(0, 0, height, height), 0.99f, [], new FaceQuality(height, sharpness, yaw, residual));
        Assert.Equal(problem, EnrolmentQuality.ProblemOf(new FaceDescription(face, Embedding.FromValues([1f]), mirror)));
    }
}
