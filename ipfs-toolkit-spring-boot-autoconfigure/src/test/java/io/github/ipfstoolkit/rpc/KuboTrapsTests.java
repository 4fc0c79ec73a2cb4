/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.ipfstoolkit.rpc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The list of what Kubo's RPC API does that nobody expects, with the tests that keep it
 * from users. Tests of this list hold that those are there. One that is known is not in
 * it: that some commands are slow, such as those that ask other peers, which the
 * time-outs of the kinds of calls are made for, and a test could only hold by the clock.
 */
class KuboTrapsTests {

	private static final Map<String, List<String>> TRAPS = new LinkedHashMap<>();

	static {
		trap("After status 200, a failure is told in the trailer X-Stream-Error only",
				"rpc.http.EveryCommandTests.failureInTheTrailerIsAnError",
				"rpc.http.EveryCommandTests.failureInTheTrailerOfAnEmptyReplyIsAnError",
				"rpc.http.BrokenReplyTests.failureInTheTrailerIsAnErrorAfterTheValues",
				"rpc.http.ReplyFailureTests.slowConsumerGetsAllContentBeforeTheError",
				"rpc.KuboTrapsIT.contentThatBreaksOffAfterASuccessfulBeginningIsAnError",
				"rpc.KuboTrapsIT.removalThatFailsWithStatus200IsAnError");
		trap("A value of a successful reply may be a failure",
				"rpc.http.InBandErrorTests.failureIsRaisedAfterTheValues",
				"rpc.http.InBandErrorTests.valuesAfterTheFailureAreDelivered",
				"rpc.http.ReplyRecordTests.whatMayFailInASuccessfulReplyIsRaised",
				"rpc.KuboTrapsIT.failureAmongTheValuesOfASuccessfulReplyIsAnError",
				"rpc.ContentSectionsIT.rootThatCannotBePinnedIsAnError",
				"rpc.CarVectorsIT.archiveWithoutAllItsBlocksIsAnErrorUnlessItIsNotPinned");
		trap("Errors are JSON or text, whatever their status", "rpc.http.ReplyFailureTests.textErrors",
				"rpc.http.ReplyFailureTests.jsonErrorIsCommandFailure",
				"rpc.http.ReplyFailureTests.jsonErrorWithCodeOneIsArgumentFailure",
				"rpc.http.EveryCommandTests.refusalsInTextAreErrors",
				"rpc.http.EveryCommandTests.failureBeforeTheReplyIsAnError",
				"rpc.KuboTrapsIT.statusAndTypeOfErrorsVary");
		trap("A timeout that cannot be read is answered with status 200 and nothing",
				"rpc.KuboTrapsIT.timeoutThatKuboCannotReadIsRefused", "rpc.KuboTrapsIT.timeoutThatKuboCanReadReachesIt",
				"rpc.client.ReadableTimeoutsTests.requestWithATimeoutThatKuboCannotReadIsRefused",
				"rpc.SectionTests.durationsHaveTheirType", "rpc.CommandOptionsTests.durationsAreWrittenAsGoReadsThem");
		trap("Options that are not known are ignored, those of a newer version too",
				"rpc.CommandCoverageIT.noMethodCarriesWhatTheNodeDoesNotHave",
				"rpc.client.VersionGateTests.callForWhichTheNodeIsTooOldIsRefused");
		trap("An option given twice, or by two names, is refused or taken at random; a list repeats its name",
				"rpc.CommandOptionsTests.laterValueReplacesAnEarlierOne",
				"rpc.KuboTrapsIT.optionsAreSentByTheirFirstNames", "rpc.http.RequestTests.listsRepeatTheirName");
		trap("A wrong last part of a command can become its argument, and a group of commands answers with nothing",
				"rpc.KuboTrapsIT.wrongLastPartOfACommandCanBecomeAnArgument",
				"rpc.KuboTrapsIT.groupOfCommandsAnswersWithNothing", "rpc.CommandCoverageIT.groupsAreNoCommands",
				"rpc.http.ReplyFailureTests.emptyReplyIsMalformedWhereAValueIsDue");
		trap("Arguments go by their order, and a plus is a space", "rpc.http.RequestTests.argumentsArriveAsTheyAre",
				"rpc.http.RequestTests.argumentsKeepTheirOrder", "rpc.KuboTrapsIT.plusIsASpaceUnlessItIsEncoded");
		trap("Browsers and other versions of Kubo are refused, by the names that they send",
				"rpc.http.RequestTests.requestsAreNeitherABrowsersNorAnotherKubos",
				"rpc.KuboTrapsIT.browsersAndOtherKubosAreRefused");
		trap("Credentials are never asked for", "rpc.http.RequestTests.authorizationIsSentWithoutBeingAskedFor",
				"rpc.http.KuboHttpClientIT.credentialsAreSentWithoutBeingAskedFor",
				"autoconfigure.ReachingNodesIT.credentialsOfKubosOwnAuthorizations");
		trap("Names of uploaded files are decoded like a query, and a directory's parts have an order",
				"rpc.client.MultipartBodyTests.nameIsPercentEncodedAsAWhole",
				"rpc.client.MultipartBodyTests.directoryComesBeforeWhatIsInIt", "rpc.UploadIT.namesOfAnyKindAreKept",
				"rpc.UploadIT.permissionsAndTimesAreStoredOnRequest");
		trap("A connection ends with the reply to an upload",
				"rpc.KuboTrapsIT.connectionThatKuboClosesAfterAnUploadIsNotUsedAgain",
				"rpc.http.RetryTests.connectionThatTheNodeHasClosedIsReplacedForWritesToo",
				"rpc.http.RetryTests.uploadIsSentOnceWhateverIsAskedFor",
				"rpc.http.RetryTests.uploadThatBreaksInTheMiddleIsSentOnce", "rpc.UploadTests.streamIsNotSentTwice");
		trap("Streams of JSON are said to be one JSON value, and values may be large",
				"rpc.http.BrokenReplyTests.valuesMayBeCutAnywhere", "rpc.http.RequestTests.repliesMayBeLarge",
				"rpc.http.BrokenReplyTests.replyWithoutEndIsAnError",
				"rpc.KuboTrapsIT.streamOfManyValuesIsReadAsAWhole");
		trap("Empty lists are null or missing", "rpc.http.ReplyRecordTests.listThatIsNullOrMissingIsEmpty",
				"rpc.http.ReplyRecordTests.recordCanBeReadWhereAllIsMissing",
				"rpc.KuboTrapsIT.emptyListsAreNullOrMissing");
		trap("An empty reply is said to be JSON", "rpc.http.ReplyFailureTests.emptyReplyIsNoErrorWhereNoValueIsDue",
				"rpc.KuboTrapsIT.emptyReplyIsSaidToBeJson");
		trap("Topics are encoded in both directions, and messages come without end", "rpc.KuboTrapsIT.topicsAreEncoded",
				"rpc.PeerSectionsIT.topics", "rpc.http.ReplyFailureTests.endlessStreamsLeaveCommandsTheirConnections",
				"rpc.http.ReplyFailureTests.endlessStreamTimesOutOnlyBeforeItsBeginning");
		trap("The file that names the API's address stays behind when the node is killed",
				"node.NodeDiscoveryTests.staleAnnouncementIsPassedOver",
				"node.NodeDiscoveryTests.announcementThatLeadsNowhereIsPassedOver",
				"node.NodeDiscoveryTests.announcedAddressComesBeforeTheUsualOne",
				"node.NodeDiscoveryTests.announcedUnixDomainSocketIsUsed");
		trap("The executable may run a command itself where the node does not answer, unless it is told the address",
				"rpc.cli.KuboCliClientTests.nodeElsewhereIsNamedByItsAddress",
				"rpc.cli.KuboCliClientTests.nodeElsewhereThatDoesNotAnswerIsUnreachable",
				"rpc.cli.KuboCliClientIT.nodeElsewhereIsUsedByItsAddressAndCredentials",
				"rpc.cli.KuboCliClientIT.repositoryWhoseNodeWasKilledIsUsedWithoutIt");
		trap("A setting is a text unless it is said not to be", "rpc.KuboTrapsIT.settingIsATextUnlessItIsSaidNotToBe",
				"node.ExternalIpfsNodeTests.streamMountingIsSwitchedOn");
		trap("The node goes on with a command until the connection ends",
				"rpc.http.KuboHttpClientIT.cancelledCommandsEndOnTheNode",
				"rpc.http.KuboHttpClientIT.commandsThatTimeOutEndOnTheNode",
				"rpc.http.ReplyFailureTests.cancellationEndsTheConnection");
		trap("What other clients for Java get wrong: values split where reads end, the first value only, "
				+ "arguments that are not encoded, streams that never end, subscriptions that time out",
				"rpc.http.BrokenReplyTests.valuesMayBeCutAnywhere", "rpc.KuboTrapsIT.streamOfManyValuesIsReadAsAWhole",
				"rpc.http.RequestTests.argumentsArriveAsTheyAre",
				"rpc.http.BrokenReplyTests.connectionThatEndsIsAnError",
				"rpc.http.ReplyFailureTests.endlessStreamTimesOutOnlyBeforeItsBeginning");
	}

	private static void trap(String name, String... tests) {
		TRAPS.put(name, List.of(tests));
	}

	static Stream<String> traps() {
		return TRAPS.keySet().stream();
	}

	@ParameterizedTest
	@MethodSource("traps")
	void testsAgainstTheTrapAreThere(String trap) {
		assertThat(TRAPS.get(trap)).isNotEmpty().allSatisfy((test) -> {
			int dot = test.lastIndexOf('.');
			Class<?> type = Class.forName("io.github.ipfstoolkit." + test.substring(0, dot));
			assertThat(type.getDeclaredMethods()).as(test)
				.anyMatch((method) -> method.getName().equals(test.substring(dot + 1))
						&& AnnotationSupport.isAnnotated(method, Testable.class));
		});
	}

}
